"""What a training process runs on, and what is set there: device, memory, compiler."""
