package web

import (
	"embed"
	"sync"

	"masar/internal/documents"
)

//go:embed operations/*.graphql
var operationFiles embed.FS

// operations are the texts of the operations with the fragments that they use, by the name of their file.
var operations = sync.OnceValue(func() map[string]string { return documents.Read(operationFiles, "operations") })

// Operations returns the operations of the pages by their names, such as target. Each is a whole document.
func Operations() map[string]string { return operations() }
