"""What looks wrong in figures that no single row gives away: complete, in time, plausible, consistent."""
