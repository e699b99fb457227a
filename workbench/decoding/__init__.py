"""What both kinds of decoding process share: the pipe, the limits, shared pixels, the safe opening of recordings."""
