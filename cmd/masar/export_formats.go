package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"masar"
	"masar/dgraph"
	"masar/exchange"
	"masar/exchange/dump"
	"masar/exchange/linked"
	"masar/loaders"
	"masar/resolvers"
	"masar/scoring"
	"masar/words"
)

// exportCache is the number of records in memory while computed formats are written.
const exportCache = 20_000

// rowsOf returns the graph with its computed numbers. It holds the structure of the graph in memory.
func (a *app) rowsOf(ctx context.Context, store *dgraph.Store, day time.Time) (exchange.Source, error) {
	live := loaders.NewLive(store, scoring.DefaultProfile(), loaders.LiveOptions{Interval: time.Hour, MaxStale: 24 * time.Hour, AsOf: day}, a.log)
	if err := live.Refresh(ctx); err != nil {
		return nil, err
	}
	service, err := loaders.New(live, store, resolvers.NewSchema().Schema(), loaders.Options{CacheRecords: exportCache})
	if err != nil {
		return nil, err
	}
	rows, err := service.Rows()
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// exportLinked writes a format of linked data, GraphML or references.
func (a *app) exportLinked(ctx context.Context, store *dgraph.Store, e *exporting) error {
	format, _ := linked.FindFormat(e.format)
	graph, claims, err := a.exportedGraph(ctx, store, format, e.day)
	if err != nil {
		return err
	}
	options := linked.Options{Base: e.base, Lang: masar.Language(strings.ToUpper(e.lang))}
	err = a.exportFile(e.file, func(to io.Writer) error { return format.Write(ctx, to, graph, claims, options) })
	if err == nil && !a.quiet {
		fmt.Fprintf(a.talk, "exported snapshot %s\n", graph.Snapshot())
	}
	return err
}

// exportedGraph is the graph at one moment, and its claims if the format needs their numbers.
func (a *app) exportedGraph(ctx context.Context, store *dgraph.Store, format linked.Format, day time.Time) (*dump.Published, exchange.Records[exchange.Claim], error) {
	var none exchange.Records[exchange.Claim]
	now := func(ctx context.Context) (*dump.Published, error) {
		moment, err := store.Now(ctx)
		return dump.Publish(moment), err
	}
	if !format.Computed {
		graph, err := now(ctx)
		return graph, none, err
	}
	rows, err := a.rowsOf(ctx, store, day)
	if err != nil {
		return nil, none, err
	}
	graph, rows, err := linked.Agree(ctx, rows, now)
	if err != nil {
		return nil, none, err
	}
	claims, err := rows.Claims(nil)
	return graph, claims, err
}

// exportTables writes CSV or XLSX.
func (a *app) exportTables(ctx context.Context, store *dgraph.Store, e *exporting) error {
	if e.format == "csv" {
		if err := missingOrEmpty(e.file); err != nil {
			return err
		}
	}
	rows, err := a.rowsOf(ctx, store, e.day)
	if err != nil {
		return err
	}
	if rows, err = rows.Settle(ctx); err != nil {
		return err
	}
	write := writeTables
	if e.format == "xlsx" {
		write = writeWorkbooks
	}
	err = a.step("writing the export", func() error { return write(ctx, rows, e) })
	if err == nil && !a.quiet {
		fmt.Fprintf(a.talk, "exported snapshot %s, as of %s\n", rows.Snapshot(), rows.AsOf().Format(time.DateOnly))
	}
	return err
}

// writeWorkbooks writes both workbooks.
func writeWorkbooks(ctx context.Context, rows exchange.Source, e *exporting) error {
	for _, book := range []struct {
		name    string
		options exchange.Options
	}{{e.file, exchange.Options{}}, {strings.TrimSuffix(e.file, ".xlsx") + ".ar.xlsx", exchange.Options{RightToLeft: true}}} {
		if err := dump.Create(book.name, func(to io.Writer) error { return exchange.WriteWorkbook(ctx, to, rows, book.options) }); err != nil {
			return err
		}
	}
	return nil
}

// missingOrEmpty refuses a directory with files.
func missingOrEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s is not empty: give a directory that is missing or empty", dir)
	}
	return nil
}

// writeTables writes a directory with the tables under another name, and renames it when it is complete.
func writeTables(ctx context.Context, rows exchange.Source, e *exporting) (err error) {
	dir := filepath.Clean(e.file)
	partial, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(partial)
		}
	}()
	var files []exchange.CrateFile
	for _, d := range exchange.Whole() {
		file, err := tableFile(partial, d.Name+".csv", "text/csv", d.Titles(), func(to io.Writer) error { return d.WriteCSV(ctx, to, rows) })
		if err != nil {
			return err
		}
		files = append(files, file)
	}
	file, err := tableFile(partial, "datapackage.json", "application/json", words.Localized("dataset.package.title", nil), func(to io.Writer) error {
		return exchange.WritePackage(ctx, to, rows)
	})
	if err != nil {
		return err
	}
	if e.crate {
		err = dump.Create(filepath.Join(partial, "ro-crate-metadata.json"), func(to io.Writer) error {
			return exchange.WriteCrate(ctx, to, rows, append(files, file))
		})
		if err != nil {
			return err
		}
	}
	if err := os.Chmod(partial, 0o755); err != nil {
		return err
	}
	return os.Rename(partial, dir)
}

// tableFile writes a file of a directory, and returns its size and hash.
func tableFile(dir, name, mediaType string, titles masar.LocalizedText, write func(io.Writer) error) (exchange.CrateFile, error) {
	measured := &measure{hash: sha256.New()}
	err := dump.Create(filepath.Join(dir, name), func(to io.Writer) error { return write(io.MultiWriter(to, measured)) })
	return exchange.CrateFile{Name: name, MediaType: mediaType, Bytes: measured.bytes, SHA256: hex.EncodeToString(measured.hash.Sum(nil)), Titles: titles}, err
}

// measure is the size and the hash of what is written.
type measure struct {
	hash  hash.Hash
	bytes int64
}

// Write counts and hashes.
func (m *measure) Write(p []byte) (int, error) {
	m.bytes += int64(len(p))
	return m.hash.Write(p)
}
