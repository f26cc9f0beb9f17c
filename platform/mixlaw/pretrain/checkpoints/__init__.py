"""Checkpoints of a trial and of the trunk that several share: written beside the training, whole or not there."""
