// Package accounts says who asks.
package accounts

import "context"

// Actor is who asks. The zero value is anonymous: a reader without an account.
type Actor struct {
	// Handle names the account; it is empty for a reader without one.
	Handle string
}

// Anonymous reports whether the actor has no account.
func (a Actor) Anonymous() bool { return a == Actor{} }

type actorKey struct{}

// With puts an actor into a context.
func With(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// From is the actor of a context; anonymous if there is none.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
