package memory

// Machine is the memory that the processes of a service can use.
type Machine struct {
	// Total is the memory of the machine or, if less, the limit of the control group, in bytes.
	Total int64
	// Available is the part of Total that is not in use, in bytes.
	Available int64
	// Killed is the number of processes of the control group that the system ended because memory was short.
	Killed int64
}
