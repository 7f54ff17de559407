package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"masar/dgraph/embedded"
	"masar/loaders"
)

// included are the flags of the Dgraph in this binary.
type included struct {
	anew                     bool
	survive                  string
	alphaMB, zeroMB, cacheMB int
}

// ownMB is the default memory limit of masar itself, in megabytes.
const ownMB = 100

func (i *included) flags(f *pflag.FlagSet) {
	f.BoolVar(&i.anew, "new", false, "start with a new graph; the files of the old one are kept in the data directory")
	f.StringVar(&i.survive, "survive", "power-loss", "what acknowledged writes survive: power-loss, or crash (of the processes only; faster)")
	f.IntVar(&i.alphaMB, "alpha-memory", embedded.DefaultAlphaMB, "memory of Dgraph's Alpha in megabytes; it takes more when the graph in use needs it")
	f.IntVar(&i.zeroMB, "zero-memory", embedded.DefaultZeroMB, "memory of Dgraph's Zero in megabytes; it takes more when it needs it")
	f.IntVar(&i.cacheMB, "alpha-cache", embedded.DefaultCacheMB, "part of --alpha-memory for caches, in megabytes")
}

// check rejects invalid flags, and --new together with --dgraph.
func (i *included) check(dgraph string) error {
	switch {
	case i.anew && dgraph != "":
		return usageError{errors.New("--new is for the included Dgraph: leave it out, or leave out --dgraph")}
	case i.survive != "power-loss" && i.survive != "crash":
		return usageError{fmt.Errorf("--survive %q is unknown: give power-loss or crash", i.survive)}
	}
	for name, mb := range map[string]int{"alpha-memory": i.alphaMB, "zero-memory": i.zeroMB, "alpha-cache": i.cacheMB} {
		if mb < 16 {
			return usageError{fmt.Errorf("--%s %d is too small: the minimum is 16", name, mb)}
		}
	}
	return nil
}

// options applies the flags to the options of Dgraph.
func (i *included) options(o embedded.Options) embedded.Options {
	o.New, o.FastWrites = i.anew, i.survive == "crash"
	o.AlphaMB, o.ZeroMB, o.CacheMB = i.alphaMB, i.zeroMB, i.cacheMB
	return o
}

// keepMarker records the snapshots of the graph in the data directory until the context ends.
func (s *service) keepMarker(ctx context.Context, live *loaders.Live) {
	running := s.embedded.Load()
	if running == nil {
		return
	}
	failing := false
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for ended := false; !ended; {
		select {
		case <-ctx.Done():
			ended = true
		case <-ticker.C:
		}
		err := running.Seen(context.WithoutCancel(ctx), live.Held().Sequence())
		if err != nil && !failing {
			s.log.Warn("cannot update the marker of the data directory", "error", err)
		}
		failing = err != nil
	}
}
