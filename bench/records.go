package bench

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"masar"
)

// Records returns the records of a generated graph, with texts in both languages. The records keep all rules of the graph.
// The codes do not depend on the number of an entity's claims, except those of goals, targets and countries. Equal seeds give
// equal records.
func Records(seed uint64, outline *masar.Outline, vocabulary *Vocabulary) *masar.Batch {
	w := &recorder{
		r: rand.New(rand.NewPCG(seed, seed+1)), vocabulary: vocabulary,
		refs: map[uint64]masar.Ref{}, claims: map[uint64]*masar.Claim{}, batch: &masar.Batch{},
	}
	w.name(outline.Entities)
	for i, e := range outline.Entities {
		w.entity(i, e)
	}
	w.observations()
	for i, c := range outline.Claims {
		w.claim(i, c)
	}
	for i, e := range outline.Evidence {
		w.evidence(i, e)
	}
	return w.batch
}

type recorder struct {
	r          *rand.Rand
	vocabulary *Vocabulary
	refs       map[uint64]masar.Ref // by uid
	claims     map[uint64]*masar.Claim
	batch      *masar.Batch
}

// name gives every entity its code.
func (w *recorder) name(entities []masar.EntityOutline) {
	of := map[masar.Kind][]uint64{}
	for _, e := range entities {
		of[e.Ref.Kind] = append(of[e.Ref.Kind], e.UID)
	}
	for _, kind := range masar.Kinds {
		numbers := w.r.Perm(len(of[kind]))
		for i, uid := range of[kind] {
			w.refs[uid] = masar.Ref{Kind: kind, Code: code(kind, i, numbers[i])}
		}
	}
}

// goals is the number of Sustainable Development Goals.
const goals = 17

// code is the code of the entity of a kind with the number i. Codes of a kind have the same length, so that their natural
// order is also that of their characters; goals and targets are the exception.
func code(kind masar.Kind, i, shuffled int) string {
	switch kind {
	case masar.KindSdgGoal:
		return strconv.Itoa(i + 1)
	case masar.KindSdgTarget:
		return fmt.Sprintf("%d.%02d", i%goals+1, i/goals+1)
	case masar.KindCountry:
		return letters(i, 3)
	}
	return fmt.Sprintf("%s-%07d", strings.ReplaceAll(strings.ToLower(string(kind)), "_", "-"), shuffled)
}

// letters writes a number in n capital letters.
func letters(number, n int) string {
	text := make([]byte, n)
	for i := range text {
		text[n-1-i] = byte('A' + number%26)
		number /= 26
	}
	return string(text)
}

// The length of a document's text in runes, and that of a passage.
const documentLength, passageLength = 1_000_000, 200

func (w *recorder) entity(i int, outline masar.EntityOutline) {
	ref := w.refs[outline.UID]
	e := masar.NewEntity(ref.Kind)
	h := e.Head()
	*h = w.header(ref)
	switch e := e.(type) {
	case *masar.SdgTarget:
		goal, _, _ := strings.Cut(ref.Code, ".")
		h.Parent = masar.Ref{Kind: masar.KindSdgGoal, Code: goal}
	case *masar.Country:
		e.ISO2, e.M49 = letters(i, 2), fmt.Sprintf("%03d", i%1000)
		e.IncomeGroup, e.IncomeYear = masar.IncomeGroups[i%len(masar.IncomeGroups)], "2025"
		e.LeastDeveloped = e.IncomeGroup == masar.LowIncome
		if number(e.Code) < leagueMembers {
			e.Groups = []masar.Ref{league}
		}
	case *masar.Initiative:
		e.Form = masar.InitiativeForms[i%len(masar.InitiativeForms)]
	case *masar.Organization:
		e.Form = masar.OrganizationForms[i%len(masar.OrganizationForms)]
	case *masar.Recommendation:
		e.Form = masar.RecommendationForms[i%len(masar.RecommendationForms)]
	case *masar.Activity:
		e.Form, e.Status = masar.ActivityForms[i%len(masar.ActivityForms)], masar.ActivityHeld
		e.Date = masar.Date{EDTF: strconv.Itoa(2005 + i%20), Basis: masar.Stated}
	case *masar.Output:
		e.Form = masar.OutputForms[i%len(masar.OutputForms)]
	case *masar.Document:
		e.Form = masar.DocumentForms[i%len(masar.DocumentForms)]
		e.EvidenceKind = e.Form.EvidenceKind()
		e.Family, e.Date = outline.Family, masar.Date{EDTF: outline.Date, Basis: masar.Stated}
		e.Languages = []masar.Language{masar.Arabic, masar.English}
		e.URL = "https://documents.example.org/" + ref.Code
		e.Versions = []masar.DocumentVersion{{SHA256: sum(ref.Code), Length: documentLength}}
	}
	w.batch.Add(e)
}

// league is a group of countries with leagueMembers members, and indices are the indicators that every country has values of.
// The explorer shows both by these codes.
var (
	league  = masar.Ref{Kind: masar.KindCountryGroup, Code: "LAS"}
	indices = []string{"EGDI", "EPI"}
)

const leagueMembers = 22

// number is the number of a code that letters wrote.
func number(code string) (n int) {
	for _, letter := range code {
		n = 26*n + int(letter-'A')
	}
	return n
}

// observations adds the league, the indices, and a value of each index for each country and edition.
func (w *recorder) observations() {
	group := &masar.CountryGroup{Header: w.header(league)}
	w.batch.Entities = slices.Insert(w.batch.Entities, 0, masar.Entity(group))
	var countries, documents []masar.Ref
	for _, e := range w.batch.Entities {
		switch e := e.(type) {
		case *masar.Country:
			countries = append(countries, e.Ref())
		case *masar.Document:
			documents = append(documents, e.Ref())
		}
	}
	for _, index := range indices {
		w.batch.Add(&masar.Indicator{Header: w.header(masar.Ref{Kind: masar.KindIndicator, Code: index}), Unit: "INDEX"})
		for _, country := range countries {
			for _, year := range []int{2022, 2024} {
				o := &masar.Observation{
					Of: country, Indicator: index, Year: year, Value: float64(w.r.IntN(1000)) / 1000, Unit: "INDEX",
					Qualifier: masar.Exactly, Nature: masar.Reported, Source: documents[0], Vintage: strconv.Itoa(year),
				}
				o.Key = o.NewKey()
				w.batch.Add(o)
			}
		}
	}
}

// header is the head of an entity, with texts.
func (w *recorder) header(ref masar.Ref) masar.Header {
	return masar.Header{Kind: ref.Kind, Code: ref.Code, Titles: w.vocabulary.Text(w.r, 6), Summaries: w.vocabulary.Text(w.r, 20)}
}

func (w *recorder) claim(i int, outline masar.ClaimOutline) {
	c := &masar.Claim{
		Subject: w.refs[outline.Subject], Predicate: outline.Predicate, Object: w.refs[outline.Object],
		Basis: outline.Basis, Status: outline.Status, Origin: "bench",
	}
	if c.Predicate == masar.Participates {
		c.Role = masar.Roles[i%len(masar.Roles)]
	}
	if c.Basis == masar.Inferred {
		c.Rationales = w.vocabulary.Text(w.r, 12)
	}
	c.Key = c.NewKey()
	w.claims[outline.UID] = c
	w.batch.Add(c)
}

func (w *recorder) evidence(i int, outline masar.EvidenceOutline) {
	claim, document := w.claims[outline.Claim], w.refs[outline.Document]
	start := outline.Start * 2 % (documentLength - passageLength)
	if i%2 == 1 { // so that the evidence items of a claim differ
		start++
	}
	e := &masar.Evidence{
		ClaimKey: claim.Key, Stance: outline.Stance, Kind: outline.Kind, Directness: outline.Directness, Review: outline.Review,
		Summaries: w.vocabulary.Text(w.r, 14),
		Passage: masar.Passage{
			Source: document, Version: sum(document.Code), Start: start, End: start + passageLength,
			SHA256: sum(fmt.Sprint(document.Code, start)), Lang: masar.English, Locators: locator(start),
		},
	}
	if claim.Basis == masar.Inferred && slices.Contains([]masar.Directness{masar.Named, masar.GoalNamed}, e.Directness) {
		e.Directness = masar.CuratorsReading
	}
	e.Key = e.NewKey()
	w.batch.Add(e)
}

// locator says on which page of a document a passage begins.
func locator(start int) masar.LocalizedText {
	page := start/2000 + 1
	return masar.LocalizedText{AR: masar.Translation{Value: fmt.Sprint("الصفحة ", page)}, EN: masar.Translation{Value: fmt.Sprint("page ", page)}}
}

// sum is the SHA-256 of a text, in hex.
func sum(text string) string {
	all := sha256.Sum256([]byte(text))
	return hex.EncodeToString(all[:])
}
