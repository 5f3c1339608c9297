"""What a hub publishes: reviewed figures in editions that anyone can check, without small counts of people."""
