"""What crosses the network: events, outcomes, changes, canonical JSON. One definition for both ends."""
