"""From results to files: one format a module, each taking what was computed and giving bytes or plain values."""
