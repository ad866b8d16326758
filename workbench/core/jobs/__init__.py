"""Work for later: a job is a row that is written in the same transaction as its cause, and a worker runs it.

Only the number of a job travels through the message queue. A lost message or a killed worker is therefore a delay,
never a loss: the row says who holds the job (`attempt`) and until when (`lease_until`), and `tables.sweep()` offers
again every job that has no holder. Only the present holder can finish a job, so a worker that was paused and replaced
stores nothing.
"""
