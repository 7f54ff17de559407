package mcp

import (
	"slices"
	"strings"

	"masar"
	"masar/answers"
)

type gapInput struct {
	inLanguage
	Rows    string `json:"rows" jsonschema:"what the rows are" enum:"side"`
	Columns string `json:"columns" jsonschema:"what the columns are" enum:"side"`
	Country string `json:"country,omitempty" jsonschema:"ISO 3166-1 alpha-3 code of a country: cases from countries of another maturity count as a gap of context" pattern:"^[A-Za-z]{3}$"`
	After   string `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type gapOutput struct {
	answer
	Cells  []cell     `json:"cells" jsonschema:"cells with claims first"`
	Totals []gapTotal `json:"totals" jsonschema:"the cells of the whole map by gap"`
}

type cell struct {
	Row        thing               `json:"row"`
	Column     thing               `json:"column"`
	Gap        answers.EvidenceGap `json:"gap" jsonschema:"ABSOLUTE, CONTESTED, THIN, SYNTHESIS, CONTEXT, STALE or NONE"`
	Claims     int                 `json:"claims"`
	Families   int                 `json:"families" jsonschema:"number of independent sources"`
	Net        *float64            `json:"net,omitempty"`
	LatestYear int                 `json:"latestYear,omitempty"`
}

type gapTotal struct {
	Gap   answers.EvidenceGap `json:"gap"`
	Cells int                 `json:"cells"`
}

// maxCells is the maximum number of cells of a map that are listed.
const maxCells = 200

type gapData struct {
	frame
	GapMap *struct {
		OtherRows    int              `json:"otherRows"`
		OtherColumns int              `json:"otherColumns"`
		Rows         []dimensionValue `json:"rows"`
		Columns      []dimensionValue `json:"columns"`
		Cells        []struct {
			Row        string              `json:"row"`
			Column     string              `json:"column"`
			Gap        answers.EvidenceGap `json:"gap"`
			Claims     int                 `json:"claims"`
			Families   int                 `json:"families"`
			Net        *float64            `json:"net"`
			LatestYear *int                `json:"latestYear"`
		} `json:"cells"`
	} `json:"gapMap"`
}

type dimensionValue struct {
	Key   string `json:"key"`
	Label value  `json:"label"`
	EN    value  `json:"en"`
}

func gapMap(c *call, in gapInput) (f found[*gapOutput], err error) {
	from, err := readCursor("gap_map", in.After)
	if err != nil {
		return f, err
	}
	variables := map[string]any{"rows": in.Rows, "columns": in.Columns}
	if in.Country != "" {
		variables["country"] = strings.ToUpper(in.Country)
	}
	var data gapData
	if err := c.run("gaps", variables, &data); err != nil {
		return f, err
	}
	all := c.cells(data, masar.Kind(in.Rows), masar.Kind(in.Columns))
	totals := totalsOf(all)
	cells := rest(all[:min(maxCells, len(all))], from)
	return found[*gapOutput]{
		items: len(cells),
		first: func(n int) *gapOutput {
			return &gapOutput{answer: data.frame.answer(), Cells: cells[:n], Totals: totals}
		},
		after:  from.skipping,
		narrow: "assistants.narrow.gaps",
	}, nil
}

// cells are the cells of the map, those with claims first.
func (c *call) cells(d gapData, rows, columns masar.Kind) []cell {
	named := func(of masar.Kind, values []dimensionValue) map[string]thing {
		all := map[string]thing{}
		for _, v := range values {
			all[v.Key] = c.thing(heading{of, v.Key, v.Label, v.EN})
		}
		return all
	}
	row, column := named(rows, d.GapMap.Rows), named(columns, d.GapMap.Columns)
	var all []cell
	for _, of := range d.GapMap.Cells {
		made := cell{Row: row[of.Row], Column: column[of.Column], Gap: of.Gap, Claims: of.Claims, Families: of.Families}
		if of.Net != nil {
			net := rounded(*of.Net)
			made.Net = &net
		}
		if of.LatestYear != nil {
			made.LatestYear = *of.LatestYear
		}
		all = append(all, made)
	}
	slices.SortStableFunc(all, func(a, b cell) int { return empty(a) - empty(b) })
	return all
}

// empty is 1 for a cell without claims.
func empty(c cell) int {
	if c.Claims == 0 {
		return 1
	}
	return 0
}

func totalsOf(all []cell) []gapTotal {
	counted := map[answers.EvidenceGap]int{}
	for _, c := range all {
		counted[c.Gap]++
	}
	var totals []gapTotal
	for _, gap := range answers.Gaps {
		if counted[gap] > 0 {
			totals = append(totals, gapTotal{gap, counted[gap]})
		}
	}
	return totals
}

func (o *gapOutput) write(w *writer) {
	for _, t := range o.Totals {
		w.line("assistants.text.total", masar.Args{"gap": t.Gap, "cells": t.Cells})
	}
	for _, c := range o.Cells {
		key, args := "assistants.text.cell.empty", masar.Args{"row": w.title(c.Row), "column": w.title(c.Column), "gap": c.Gap}
		if c.Claims > 0 {
			key = "assistants.text.cell.filled"
			args["claims"], args["families"] = c.Claims, c.Families
		}
		w.line(key, args)
	}
}
