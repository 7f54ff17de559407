package embedded

// Process is a running process that uses a data directory.
type Process struct {
	// Name is "masar", "zero" or "alpha".
	Name string
	// PID is its process id.
	PID int
	// Suspended reports that the process was stopped by a signal such as SIGSTOP.
	Suspended bool
	// Memory is the size of its memory, in bytes: its own, and its share of what it has in common with other processes, such
	// as the program itself (PSS).
	Memory int64
	// Limit is the limit of Go's memory at its start, in bytes; 0 if unknown.
	Limit int64
}
