// Package answers defines the arguments and results of the API other than the records of the graph: filters,
// connections, paths, plans, maps and dashboards. They are plain structs. gqlgen binds the types of the API to them
// by name.
package answers
