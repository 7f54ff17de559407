// Package brief makes policy briefs: one or two pages that an official can hand on, with an annex of sources. A brief is
// built once, from the answer to one operation, and written as HTML, DOCX, PDF or JSON.
package brief

import "masar"

// Brief is a policy brief. Its JSON is one of the forms.
type Brief struct {
	// Subject is what the brief is about; a path has a subject and an end.
	Subject Subject  `json:"subject"`
	To      *Subject `json:"to,omitempty"`
	// Country limits a brief of a target to a country, and Target a brief of a country to a target; nil if it is not limited.
	Country *Subject `json:"country,omitempty"`
	Target  *Subject `json:"target,omitempty"`
	// Texts are the brief in each of its languages, Arabic first.
	Texts []Text `json:"texts"`
	// Sources are the sources of all texts, in the order of their first citation. Source [1] is the first.
	Sources []Source `json:"sources"`
	// Snapshot is the number of the snapshot that the brief reports, AsOf the date for which evidence was judged
	// (YYYY-MM-DD), and Profile the version of the scoring profile.
	Snapshot string `json:"snapshot"`
	AsOf     string `json:"asOf"`
	Profile  string `json:"profile"`
	// Permalink is the permanent address of the brief.
	Permalink string `json:"permalink"`
}

// Subject is an entity that a brief is about.
type Subject struct {
	Kind masar.Kind `json:"kind"`
	Code string     `json:"code"`
	// Title is its name in each language of the brief.
	Title Bilingual `json:"title"`
}

// Text is a brief in one language.
type Text struct {
	Language masar.Language `json:"language"`
	Title    string         `json:"title"`
	// Date is the as-of date in words.
	Date string `json:"date"`
	// Sections are the parts of the brief, and Annex what follows the sources: how to read certainty and documentation.
	Sections []Section `json:"sections"`
	Annex    []Section `json:"annex"`
	// Footer are the sentences at the end: snapshot, as-of date, scoring profile, permanent address, disclaimer.
	Footer []Paragraph `json:"footer"`
}

// Section is a part of a brief with a heading; without one at the start, where the answer is.
type Section struct {
	Heading string  `json:"heading,omitempty"`
	Blocks  []Block `json:"blocks"`
}

// Block is a paragraph, a list or a table: exactly one of them.
type Block struct {
	Paragraph Paragraph   `json:"paragraph,omitempty"`
	List      []Paragraph `json:"list,omitempty"`
	Table     *Table      `json:"table,omitempty"`
}

// Table is a table with a header row. Every row has a cell for each column.
type Table struct {
	Caption string        `json:"caption"`
	Columns []string      `json:"columns"`
	Rows    [][]Paragraph `json:"rows"`
}

// Paragraph is a sequence of runs.
type Paragraph []Run

// Run is a piece of text in one language, or a citation.
type Run struct {
	Text string `json:"text,omitempty"`
	// Language is the language of the text; empty for the language of the brief.
	Language masar.Language `json:"language,omitempty"`
	// Strong marks the name of what a paragraph is about, and the word of a certainty.
	Strong bool `json:"strong,omitempty"`
	// Address is the address that the text links to; empty for none.
	Address string `json:"address,omitempty"`
	// Claim is the global ID of the claim whose certainty or documentation the text gives; empty for other texts.
	Claim string `json:"claim,omitempty"`
	// Cites are the numbers of the sources that support what precedes; a run has text or citations.
	Cites []int `json:"cites,omitempty"`
}

// Source is a source of a brief: a place in a document.
type Source struct {
	Number int `json:"number"`
	// Title, Publisher and Date are those of the document in each language of the brief.
	Title     Bilingual  `json:"title"`
	Publisher *Bilingual `json:"publisher,omitempty"`
	Date      *Bilingual `json:"date,omitempty"`
	// Place is where in the document, such as page 3, and Summary Masar's own summary of the passage; empty if it has none.
	Place   Bilingual `json:"place"`
	Summary Bilingual `json:"summary,omitempty"`
	// Address is the publisher's address of the document; empty if it is not known.
	Address string `json:"address,omitempty"`
	// Quotation is the verified quotation in the language of the source; nil if it is not shown, for the reason in Withheld.
	Quotation *Run       `json:"quotation,omitempty"`
	Withheld  *Bilingual `json:"withheld,omitempty"`
	// Caution is what readers of the quotation must know, such as that text recognition may have misread it; nil for nothing.
	Caution *Bilingual `json:"caution,omitempty"`
	// Claims are the global IDs of the claims in the brief that the source is evidence for or against. There are none for the
	// source of an index value.
	Claims []string `json:"claims"`
}

// Bilingual is a text in the languages of the brief.
type Bilingual map[masar.Language]string
