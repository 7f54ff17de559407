package dgraph

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"masar"
)

//go:embed queries/*.dql
var queryFiles embed.FS

// named returns one of the embedded queries.
func named(name string) string {
	q, err := queryFiles.ReadFile("queries/" + name + ".dql")
	if err != nil {
		panic(err)
	}
	return string(q)
}

var (
	readyQuery        = named("ready")
	snapshotQuery     = named("snapshot")
	stateQuery        = named("state")
	entitiesQuery     = named("entities")
	claimsQuery       = named("claims")
	evidenceQuery     = named("evidence")
	observationsQuery = named("observations")
	textsQuery        = named("texts")
)

// snapshotXID is the key of the node that holds the snapshot counter.
const snapshotXID = "SNAPSHOT/graph"

// outlinePage is the number of records read per query of an Outline. The largest answer then stays far below maxMessage.
const outlinePage = 20_000

// link is an edge as Dgraph returns it.
type link struct {
	UID uid `json:"uid"`
}

// uid is a node's number. Dgraph writes it in hex.
type uid uint64

func (u *uid) UnmarshalText(b []byte) error {
	n, err := strconv.ParseUint(strings.TrimPrefix(string(b), "0x"), 16, 64)
	*u = uid(n)
	return err
}

// Snapshot is the number of writes to the graph; 0 for an empty graph. The error is a [*VersionError] if the schema of the
// graph is newer than this store's.
func (s *Store) Snapshot(ctx context.Context) (int64, error) {
	return readSnapshot(ctx, s.dg.NewReadOnlyTxn())
}

func readSnapshot(ctx context.Context, txn reader) (int64, error) {
	c, err := readCounter(ctx, txn)
	return c.Snapshot, err
}

// counter is the node that counts writes. An empty graph has no such node, and its counter is the zero value.
type counter struct {
	UID uid `json:"uid"`
	// Snapshot is the number of writes, and Changes the number of changes that they made.
	Snapshot int64 `json:"snapshot"`
	Changes  int64 `json:"changes"`
	// Tally counts the changes by record type; nil if the database was written by a version without tallies.
	Tally tally `json:"tally"`
}

func readCounter(ctx context.Context, txn reader) (counter, error) {
	var answer struct {
		Snapshot []counter       `json:"snapshot"`
		Version  []schemaVersion `json:"version"`
	}
	if err := query(ctx, txn, snapshotQuery, map[string]string{"$xid": snapshotXID}, &answer); err != nil {
		return counter{}, err
	}
	if len(answer.Version) > 0 && answer.Version[0].Number > SchemaVersion {
		return counter{}, &VersionError{answer.Version[0].Number}
	}
	if len(answer.Snapshot) == 0 {
		return counter{}, nil
	}
	return answer.Snapshot[0], nil
}

// Outline reads the whole graph as it is now, without its texts but titles.
func (s *Store) Outline(ctx context.Context) (*masar.Outline, error) {
	m, err := s.Now(many(ctx, s.outlinePage))
	if err != nil {
		return nil, err
	}
	return m.Outline(ctx)
}

// Outline reads the whole graph as it was at this moment, without its texts but titles.
func (m *Moment) Outline(ctx context.Context) (*masar.Outline, error) {
	page := m.store.outlinePage
	ctx = many(ctx, page)
	outline := &masar.Outline{Snapshot: m.snapshot}
	var err error
	if outline.Entities, err = pages(ctx, m, page, entitiesQuery, entityRow.outline); err != nil {
		return nil, err
	}
	if outline.Claims, err = pages(ctx, m, page, claimsQuery, claimRow.outline); err != nil {
		return nil, err
	}
	if outline.Evidence, err = pages(ctx, m, page, evidenceQuery, evidenceRow.outline); err != nil {
		return nil, err
	}
	if outline.Observations, err = pages(ctx, m, page, observationsQuery, observationRow.outline); err != nil {
		return nil, err
	}
	if outline.Texts, err = pages(ctx, m, page, textsQuery, textRow.outline); err != nil {
		return nil, err
	}
	return outline, nil
}

// row is a record on a page.
type row interface{ at() uid }

// pages reads all records that a paged query returns.
func pages[R row, S any](ctx context.Context, txn reader, size int, q string, outline func(R) S) ([]S, error) {
	var all []S
	after := uid(0)
	for {
		var answer struct {
			Page []R `json:"page"`
		}
		vars := map[string]string{"$first": strconv.Itoa(size), "$after": hex(uint64(after))}
		if err := query(ctx, txn, q, vars, &answer); err != nil {
			return nil, err
		}
		for _, r := range answer.Page {
			all = append(all, outline(r))
		}
		if len(answer.Page) < size {
			return all, nil
		}
		after = answer.Page[len(answer.Page)-1].at()
	}
}

type entityRow struct {
	link
	XID        string `json:"xid"`
	Revision   int    `json:"revision"`
	Family     string `json:"family"`
	Date       string `json:"date"`
	Parent     link   `json:"parent"`
	Home       link   `json:"home"`
	Publishing link   `json:"publishing"`
	Groups     []link `json:"groups"`
	Terms      string `json:"search_terms"`
	// Of the head.
	TitleAR       string           `json:"title_ar"`
	TitleAROrigin masar.TextOrigin `json:"title_ar_origin"`
	TitleEN       string           `json:"title_en"`
	TitleENOrigin masar.TextOrigin `json:"title_en_origin"`
	ExactMatch    string           `json:"exact_match"`
	// Of countries, recommendations and challenges only.
	IncomeGroup       masar.IncomeGroup   `json:"income_group"`
	LeastDeveloped    bool                `json:"least_developed"`
	OfficialLanguages []string            `json:"official_languages"`
	BandLow           float64             `json:"maturity_band_low"`
	BandHigh          float64             `json:"maturity_band_high"`
	HeadingOnly       bool                `json:"heading_only"`
	ProxyIndicators   []proxyIndicatorRow `json:"proxy_indicators"`
}

type proxyIndicatorRow struct {
	Indicator string  `json:"indicator"`
	Worst     float64 `json:"worst"`
	Best      float64 `json:"best"`
}

func (l link) at() uid { return l.UID }

func (r entityRow) outline() masar.EntityOutline {
	ref, _ := recordRef(r.XID)
	e := masar.EntityOutline{
		UID: uint64(r.UID), Ref: ref.Entity(), Revision: r.Revision, IRI: r.ExactMatch,
		Titles: masar.LocalizedText{AR: masar.Translation{Value: r.TitleAR, Origin: r.TitleAROrigin}, EN: masar.Translation{Value: r.TitleEN, Origin: r.TitleENOrigin}},
		Parent: uint64(r.Parent.UID), Home: uint64(r.Home.UID), Publishing: uint64(r.Publishing.UID),
		Family: r.Family, Date: r.Date, Traits: r.traits(), Terms: r.Terms,
	}
	for _, g := range r.Groups {
		e.Groups = append(e.Groups, uint64(g.UID))
	}
	return e
}

// traits are the entity's, nil if it has none.
func (r entityRow) traits() *masar.Traits {
	t := masar.Traits{
		IncomeGroup: r.IncomeGroup, LeastDeveloped: r.LeastDeveloped, OfficialLanguages: slices.Sorted(slices.Values(r.OfficialLanguages)),
		BandLow: r.BandLow, BandHigh: r.BandHigh, HeadingOnly: r.HeadingOnly,
	}
	for _, g := range r.ProxyIndicators {
		t.ProxyIndicators = append(t.ProxyIndicators, masar.ProxyIndicator{Indicator: g.Indicator, Worst: g.Worst, Best: g.Best})
	}
	if t.IsZero() {
		return nil
	}
	return &t
}

type claimRow struct {
	link
	XID       string            `json:"xid"`
	Revision  int               `json:"revision"`
	Subject   link              `json:"subject"`
	Object    link              `json:"object"`
	Predicate masar.Predicate   `json:"predicate"`
	Basis     masar.Basis       `json:"basis"`
	Status    masar.ClaimStatus `json:"status"`
	Role      masar.Role        `json:"role"`
}

func (r claimRow) outline() masar.ClaimOutline {
	return masar.ClaimOutline{
		UID: uint64(r.UID), Key: masar.ClaimKey(key(r.XID)), Revision: r.Revision, Subject: uint64(r.Subject.UID), Object: uint64(r.Object.UID),
		Predicate: r.Predicate, Basis: r.Basis, Status: r.Status, Role: r.Role,
	}
}

type evidenceRow struct {
	link
	XID        string             `json:"xid"`
	Revision   int                `json:"revision"`
	Claim      link               `json:"claim"`
	Stance     masar.Stance       `json:"stance"`
	Kind       masar.EvidenceKind `json:"kind"`
	Directness masar.Directness   `json:"directness"`
	Review     masar.Review       `json:"review"`
	OCRDoubt   bool               `json:"passage_ocr_doubt"`
	Source     link               `json:"passage_source"`
	Start      int                `json:"passage_start"`
}

func (r evidenceRow) outline() masar.EvidenceOutline {
	return masar.EvidenceOutline{
		UID: uint64(r.UID), Key: masar.EvidenceKey(key(r.XID)), Revision: r.Revision, Claim: uint64(r.Claim.UID), Stance: r.Stance, Kind: r.Kind,
		Directness: r.Directness, Review: r.Review, OCRDoubt: r.OCRDoubt, Document: uint64(r.Source.UID), Start: r.Start,
	}
}

type observationRow struct {
	link
	XID       string                  `json:"xid"`
	Revision  int                     `json:"revision"`
	Of        link                    `json:"of"`
	Source    link                    `json:"source"`
	Indicator string                  `json:"indicator"`
	Year      int                     `json:"year"`
	Value     float64                 `json:"value"`
	Nature    masar.ObservationNature `json:"nature"`
	Vintage   string                  `json:"vintage"`
}

func (r observationRow) outline() masar.ObservationOutline {
	return masar.ObservationOutline{
		UID: uint64(r.UID), Key: masar.ObservationKey(key(r.XID)), Revision: r.Revision, Of: uint64(r.Of.UID), Source: uint64(r.Source.UID),
		Indicator: r.Indicator, Year: r.Year, Value: r.Value, Nature: r.Nature, Vintage: r.Vintage,
	}
}

type textRow struct {
	link
	SHA256   string `json:"sha256"`
	Length   int    `json:"length"`
	Revision int    `json:"revision"`
	Document link   `json:"document"`
}

func (r textRow) outline() masar.TextOutline {
	return masar.TextOutline{
		UID: uint64(r.UID), Document: uint64(r.Document.UID), SHA256: r.SHA256, Length: r.Length, Revision: r.Revision, Removed: r.Length == 0,
	}
}

// recordRef parses an xid.
func recordRef(xid string) (masar.RecordRef, bool) {
	of, key, ok := strings.Cut(xid, "/")
	return masar.RecordRef{Type: masar.RecordType(of), Key: key}, ok
}

// key is the part of an xid after the record type.
func key(xid string) string {
	ref, _ := recordRef(xid)
	return ref.Key
}

// contentQuery reads whole records: their lines, and source texts. Dgraph's cost grows with every predicate asked of a
// node, and a line is one predicate.
const contentQuery = `query content($records: string, $texts: string) {
  records(func: uid($records)) { uid line }
  texts(func: uid($texts)) { uid xid revision length text document { xid } }
}`

// Content reads whole records in one query. Records that do not exist or are of another type are missing from the
// result.
func (s *Store) Content(ctx context.Context, uids map[masar.RecordType][]uint64) (map[uint64]masar.Record, error) {
	return content(ctx, s.dg.NewReadOnlyTxn(), uids)
}

func content(ctx context.Context, txn reader, uids map[masar.RecordType][]uint64) (map[uint64]masar.Record, error) {
	types := map[uint64]masar.RecordType{}
	var lined []uint64
	for _, c := range codecs {
		for _, u := range uids[c.Type] {
			types[u] = c.Type
		}
		if c.lined() {
			lined = append(lined, uids[c.Type]...)
		}
	}
	var answer struct {
		Records []lineRow       `json:"records"`
		Texts   []sourceTextRow `json:"texts"`
	}
	vars := map[string]string{"$records": uidList(lined), "$texts": uidList(uids[masar.RecordText])}
	if err := query(many(ctx, len(types)), txn, contentQuery, vars, &answer); err != nil {
		return nil, err
	}
	records := make(map[uint64]masar.Record, len(types))
	for _, row := range answer.Records {
		record, err := masar.ReadLine(types[uint64(row.UID)], []byte(row.Line))
		switch {
		case errors.Is(err, masar.ErrOtherType): // also a uid without a node, which Dgraph returns
		case err != nil:
			return nil, fmt.Errorf("dgraph: node %s: %w", hex(uint64(row.UID)), err)
		default:
			records[uint64(row.UID)] = record
		}
	}
	for _, row := range answer.Texts {
		if ref, ok := recordRef(row.XID); ok && ref.Type == masar.RecordText {
			records[uint64(row.UID)] = row.sourceText(ref.Key)
		}
	}
	return records, nil
}

// lineRow is a record as its line.
type lineRow struct {
	link
	Line string `json:"line"`
}

// sourceTextRow is a source text, which has no line, so that its words are not stored twice.
type sourceTextRow struct {
	link
	XID      string `json:"xid"`
	Revision int    `json:"revision"`
	Length   int    `json:"length"`
	Text     string `json:"text"`
	Document struct {
		XID string `json:"xid"`
	} `json:"document"`
}

func (r sourceTextRow) sourceText(sha256 string) *masar.SourceText {
	document, _ := recordRef(r.Document.XID)
	return &masar.SourceText{SHA256: sha256, Length: r.Length, Document: document.Entity(), Text: r.Text, Revision: r.Revision}
}

// uidList writes uids as a list for a variable of uid(). It drops uid 0, which no node has and which Dgraph rejects.
func uidList(uids []uint64) string {
	var list []string
	for _, u := range uids {
		if u != 0 {
			list = append(list, hex(u))
		}
	}
	return "[" + strings.Join(list, ",") + "]"
}
