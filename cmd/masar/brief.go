package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"masar"
	"masar/brief"
	"masar/dgraph"
	"masar/loaders"
	"masar/operations"
	"masar/server"
	"masar/words"
)

func (a *app) briefCommand() *cobra.Command {
	b := &briefing{app: a}
	c := &cobra.Command{
		Use:   "brief KIND/CODE",
		Short: "Write a policy brief with its sources",
		Long: `Write a policy brief with its sources: one or two pages that can be handed on.

  masar brief targets/16.6 --lang ar --output brief.docx
  masar brief countries/EGY --target 16.6 --output brief.pdf
  masar brief recommendations/CODE --lang both --output brief.docx
  masar brief path --from COUNTRY:EGY --to SDG_TARGET:16.6

The ending of the file chooses the form: docx (Word), pdf, html or json. A file
that exists is replaced only with --force, because a brief may have been edited.
Without --output, the brief is written to stdout as html, or json with
--format json.

PDF needs Chromium, which runs once for each brief. The exit code is 5 if the
graph does not have what the brief is about.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := b.check(args[0], cmd.Flags()); err != nil {
				return err
			}
			return b.run(cmd.Context())
		},
	}
	f := c.Flags()
	f.String("lang", "ar", "language: ar, en, or both")
	f.String("country", "", "code of a country, for a target in this country")
	f.String("target", "", "number of an SDG target, for a country and this target")
	f.String("from", "", "start of a path as KIND:CODE, such as COUNTRY:EGY")
	f.String("to", "", "end of a path as KIND:CODE, such as SDG_TARGET:16.6")
	f.String("first", "", "number of recommendations (default: 5)")
	f.String("quotes", "yes", "quotations of sources: yes or no")
	f.StringVarP(&b.output, "output", "o", "", "file; - for stdout (default: stdout)")
	f.StringVar(&b.format, "format", "", "form: html, docx, pdf or json (default: the ending of the file, or html)")
	f.BoolVar(&b.force, "force", false, "replace a file that exists")
	f.StringVar(&b.asOf, "as-of", "", "as-of date for the age of evidence: YYYY-MM-DD (default: today)")
	f.StringSliceVar(&b.publicURLs, "public-url", nil, "address of the service, such as https://masar.example.org; the brief links to it")
	b.printing.flags(f)
	a.graphFlags(c)
	return c
}

// briefing is a run of masar brief.
type briefing struct {
	*app
	output, format, asOf string
	force                bool
	publicURLs           []string
	printing

	// Parsed from the flags above.
	request brief.Request
	form    brief.Form
	day     time.Time
}

// check validates the command line. It reads nothing but the names of files.
func (b *briefing) check(subject string, flags *pflag.FlagSet) (err error) {
	kind, code, _ := strings.Cut(subject, "/")
	if b.request, err = brief.Parse(brief.Kind(kind), code, parametersOf(flags)); err != nil {
		return usageError{errors.New(words.Message(err).EN)}
	}
	if b.request.Base, err = base(b.publicURLs); err != nil {
		return usageError{fmt.Errorf("--public-url: %w", err)}
	}
	if b.form, err = formOf(b.output, b.format); err != nil {
		return usageError{err}
	}
	if b.asOf != "" {
		if b.day, err = time.Parse(time.DateOnly, b.asOf); err != nil {
			return usageError{fmt.Errorf("--as-of %q is not a valid date: give YYYY-MM-DD", b.asOf)}
		}
	}
	if err := b.printing.find(); err != nil {
		return err
	}
	if b.form == brief.FormPDF && b.printer.Prints() != nil {
		return errors.New("a PDF needs Chromium, and none was found: install it, name it with --chromium, or write .docx or .html")
	}
	return b.checkFile()
}

// parametersOf are the parameters of a brief that the command line has.
func parametersOf(flags *pflag.FlagSet) url.Values {
	query := url.Values{}
	for _, name := range []string{"lang", "country", "target", "from", "to", "first", "quotes"} {
		if f := flags.Lookup(name); f.Changed {
			query.Set(name, f.Value.String())
		}
	}
	return query
}

// base is the first of the addresses of the service; empty without any.
func base(given []string) (string, error) {
	public, err := server.ParsePublicURLs(given)
	if err != nil || len(public) == 0 {
		return "", err
	}
	return strings.TrimSuffix(public[0].String(), "/"), nil
}

// formOf is the form of a file: the one that is named, or that of the file's ending.
func formOf(file, named string) (brief.Form, error) {
	onStdout := file == "" || file == "-"
	ending, err := brief.FindForm(file)
	hasEnding := err == nil
	form := brief.Form(named)
	switch {
	case named != "" && !slices.Contains(brief.Forms, form):
		return "", fmt.Errorf("--format %q is not allowed: give html, docx, pdf or json", named)
	case named != "" && hasEnding && ending != form:
		return "", fmt.Errorf("--format %s does not fit --output %s: leave one of them out", named, file)
	case onStdout && form.IsPacked():
		return "", fmt.Errorf("%s is not written to stdout: name a file with --output, such as brief.%s", form, form)
	case onStdout && named == "":
		return brief.FormHTML, nil
	case named != "":
		return form, nil
	case !hasEnding:
		return "", fmt.Errorf("--output %s has none of the endings .html, .docx, .pdf and .json: give one of them, or --format", file)
	}
	return ending, nil
}

// checkFile refuses a file that exists, and a directory that does not.
func (b *briefing) checkFile() error {
	if b.onStdout() {
		return nil
	}
	if _, err := os.Stat(filepath.Dir(b.output)); err != nil {
		return err
	}
	if _, err := os.Lstat(b.output); err == nil && !b.force {
		return b.exists()
	}
	return nil
}

func (b *briefing) exists() error {
	return fmt.Errorf("%s exists: give another name, or --force to replace it", b.output)
}

func (b *briefing) onStdout() bool { return b.output == "" || b.output == "-" }

// run makes the brief and writes it.
func (b *briefing) run(ctx context.Context) error {
	made, err := b.make(ctx)
	if err != nil {
		return err
	}
	content, err := b.form.Write(ctx, made, b.printer)
	if err != nil {
		return err
	}
	if b.onStdout() {
		_, err = b.out.Write(content)
		return err
	}
	return b.save(content)
}

// make makes the brief from the graph.
func (b *briefing) make(ctx context.Context) (made brief.Brief, err error) {
	store, closeAll, err := b.connect(ctx, reading)
	if err != nil {
		return made, badAddress(err)
	}
	defer closeAll()
	err = b.step("reading the graph", func() error {
		run, err := b.operations(ctx, store)
		if err == nil {
			made, err = brief.Make(ctx, asker(run), b.request)
		}
		return err
	})
	return made, err
}

// operations runs operations on the graph as it is now.
func (b *briefing) operations(ctx context.Context, store *dgraph.Store) (*operations.Operations, error) {
	const whole = time.Hour               // longer than the command runs
	log, err := b.logFrom(slog.LevelWarn) // without a line for each operation
	if err != nil {
		return nil, err
	}
	run, _, err := operationsOn(ctx, store, loaders.LiveOptions{Interval: whole, MaxStale: whole, AsOf: b.day}, operations.Options{Timeout: startTime, Log: log})
	return run, err
}

// asker runs the operations of a brief.
func asker(run *operations.Operations) brief.Ask {
	return func(ctx context.Context, document string, variables map[string]any) (json.RawMessage, error) {
		answer := run.Do(ctx, operations.Client{Transport: "command"}, operations.Params{Query: document, Variables: variables})
		if len(answer.Errors) > 0 {
			code, _ := answer.Errors[0].Extensions["code"].(masar.Code)
			if code == masar.CodeBadInput { // the command line is checked: what is wrong is a code that the graph does not have
				code = masar.CodeNotFound
			}
			return nil, refusal{code, answer.Errors[0].Message}
		}
		return answer.Data, nil
	}
}

// save writes the file. Without --force, it replaces none that has come to exist in the meantime.
func (b *briefing) save(content []byte) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if b.force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(b.output, flags, 0o666)
	if errors.Is(err, os.ErrExist) {
		return b.exists()
	}
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if !b.quiet {
		fmt.Fprintf(b.talk, "%s written, %d bytes\n", b.output, len(content))
	}
	return nil
}

// printing is the flag of the Chromium that prints briefs.
type printing struct {
	chromium string

	// Found by the flag above.
	printer *brief.Printer
}

// noChromium is the value of --chromium for no PDF at all.
const noChromium = "none"

func (p *printing) flags(f *pflag.FlagSet) {
	f.StringVar(&p.chromium, "chromium", "", "Chromium that prints briefs as PDF, as a path or name; none for no PDF (default: the first of chromium, chromium-browser and google-chrome in PATH)")
}

// find finds the Chromium.
func (p *printing) find() error {
	if p.chromium == noChromium {
		p.printer = brief.NewPrinter("")
		return nil
	}
	path, err := brief.FindChromium(p.chromium)
	if err != nil {
		return usageError{fmt.Errorf("--chromium %s: %w", p.chromium, err)}
	}
	p.printer = brief.NewPrinter(path)
	return nil
}
