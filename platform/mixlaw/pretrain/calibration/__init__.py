"""How fast this machine trains: measured per shape, for plans and for how many trials share a device."""
