package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"masar/server/limits"
)

// operations are the flags about what one operation may ask for.
type operations struct {
	bounds        limits.Limits
	introspection string
}

func (o *operations) flags(f *pflag.FlagSet) {
	o.bounds = limits.Default()
	for _, b := range limits.Bounds {
		if b.Flag != "" {
			f.IntVar(b.Of(&o.bounds), b.Flag, *b.Of(&o.bounds), "the most that is answered of "+strings.TrimSuffix(b.What.EN, ","))
		}
	}
	f.StringVar(&o.introspection, "introspection", "on", "on answers what asks the schema about itself, off refuses it; the schema is at /schema.graphql either way")
}

// check refuses what would let nothing, or everything, pass.
func (o *operations) check() error {
	for _, b := range limits.Bounds {
		if n := *b.Of(&o.bounds); b.Flag != "" && n < 1 {
			return usageError{fmt.Errorf("--%s %d is not above 0", b.Flag, n)}
		}
	}
	switch o.introspection {
	case "on":
	case "off":
		o.bounds.Introspections = 0
	default:
		return usageError{fmt.Errorf("--introspection %q is neither on nor off", o.introspection)}
	}
	return nil
}
