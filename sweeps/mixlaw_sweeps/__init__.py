"""Studies (grids of trials), their launcher on Ray Tune, and the command `mixlaw`."""
