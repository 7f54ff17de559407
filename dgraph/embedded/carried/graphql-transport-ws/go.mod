module github.com/dgraph-io/graphql-transport-ws

go 1.25
