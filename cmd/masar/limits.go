package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"masar"
	"masar/operations/limits"
	"masar/words"
)

// bounds are the flags of the limits on operations.
type bounds struct {
	most          limits.Limits
	introspection string
}

func (b *bounds) flags(f *pflag.FlagSet) {
	b.most = limits.Default()
	for _, bound := range limits.Bounds {
		if bound.Flag != "" {
			f.IntVar(bound.Of(&b.most), bound.Flag, *bound.Of(&b.most), "maximum "+strings.ToLower(words.Say(masar.English, bound.What().Key, nil)))
		}
	}
	f.StringVar(&b.introspection, "introspection", "on", "introspection queries: on or off; /schema.graphql is always available")
}

// check rejects limits below 1 and an unknown --introspection.
func (b *bounds) check() error {
	for _, bound := range limits.Bounds {
		if n := *bound.Of(&b.most); bound.Flag != "" && n < 1 {
			return usageError{fmt.Errorf("--%s %d is too small: the minimum is 1", bound.Flag, n)}
		}
	}
	switch b.introspection {
	case "on":
	case "off":
		b.most.Introspections = 0
	default:
		return usageError{fmt.Errorf("--introspection %q is unknown: give on or off", b.introspection)}
	}
	return nil
}
