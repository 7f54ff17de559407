package main

import (
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/lmittmann/tint"
	"golang.org/x/term"
)

// logs holds the log of a command.
type logs struct{ log *slog.Logger }

// levels are the values of --log-level.
var levels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// openLog opens the log in the format of the flags.
func (a *app) openLog() (err error) {
	level, known := levels[a.logLevel]
	if !known {
		return fmt.Errorf("--log-level %q is unknown: give debug, info, warn or error", a.logLevel)
	}
	if a.quiet {
		level = max(level, slog.LevelWarn)
	}
	a.log, err = a.logFrom(level)
	return err
}

// logFrom returns a log of the lines of a level and above.
func (a *app) logFrom(level slog.Level) (*slog.Logger, error) {
	file, _ := a.talk.(*os.File)
	terminal := file != nil && term.IsTerminal(int(file.Fd()))
	format := a.logFormat
	if format == "auto" {
		format = "json"
		if terminal {
			format = "text"
		}
	}
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(a.talk, &slog.HandlerOptions{Level: level, ReplaceAttr: readable})), nil
	case "text":
		_, noColor := os.LookupEnv("NO_COLOR")
		return slog.New(tint.NewHandler(a.talk, &tint.Options{Level: level, TimeFormat: time.TimeOnly, NoColor: noColor || !terminal})), nil
	}
	return nil, fmt.Errorf("--log-format %q is unknown: give auto, text or json", a.logFormat)
}

// readable formats durations with their unit. In JSON they would be nanoseconds without one.
func readable(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		a.Value = slog.StringValue(a.Value.Duration().String())
	}
	return a
}

// patience is the time after which a running step is logged.
const patience = 2 * time.Second

// step runs a step and logs it if it takes longer than patience.
func (a *app) step(what string, take func() error) error {
	timer := time.AfterFunc(patience, func() { a.log.Info(what) })
	defer timer.Stop()
	return take()
}
