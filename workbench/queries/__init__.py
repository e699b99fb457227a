"""Every view's data as one read-only function that returns frozen view models. Holds no SQL, writes nothing."""
