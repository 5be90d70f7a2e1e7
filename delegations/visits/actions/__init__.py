"""What officers do with inbound visits: their states, and their programmes."""
