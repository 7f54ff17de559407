// Package answers has what the API asks and answers beyond the records of the graph: arguments, filters, connections,
// paths, plans, maps and dashboards. They are plain structs, and gqlgen binds the types of the API to them by name.
package answers
