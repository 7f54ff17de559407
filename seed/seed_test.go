package seed

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"masar"
)

// TestFiles has a subtest for each file of the embedded seed, which fails with the file's faults.
func TestFiles(t *testing.T) {
	graph, err := Read(Files)
	byFile := map[string]Faults{}
	if err != nil {
		faults, ok := errors.AsType[Faults](err)
		if !ok {
			t.Fatal(err)
		}
		for _, f := range faults {
			byFile[f.File] = append(byFile[f.File], f)
		}
	}
	for name := range yamlFiles(t, Files) {
		t.Run(name, func(t *testing.T) {
			if faults := byFile["seed/"+name]; len(faults) > 0 {
				t.Errorf("%d faults\n%v", len(faults), faults)
			}
		})
		delete(byFile, "seed/"+name)
	}
	for _, faults := range byFile {
		t.Error(faults)
	}
	if err == nil && (len(graph.Entities) == 0 || len(graph.Observations) == 0) {
		t.Error("the seed has no entities or no observations")
	}
}

// TestReadKeys checks that every record of the seed has its key and references that exist.
func TestReadKeys(t *testing.T) {
	for name, fsys := range map[string]fs.FS{"valid": validSeed(t), "files": Files} {
		t.Run(name, func(t *testing.T) {
			graph, err := Read(fsys)
			if err != nil {
				t.Fatal("the seed has faults; TestFiles lists them")
			}
			entities, claims, ids := map[masar.Ref]bool{}, map[masar.ClaimKey]*masar.Claim{}, map[string]bool{}
			once := func(n masar.Node) {
				if ids[n.ID()] {
					t.Errorf("duplicate id of %v", n)
				}
				ids[n.ID()] = true
			}
			for _, e := range graph.Entities {
				once(e)
				entities[e.Head().Ref()] = true
				if h := e.Head(); h.Kind == "" || h.Titles.AR.Value == "" || h.Titles.EN.Value == "" {
					t.Errorf("%v lacks its kind or title", h)
				}
			}
			for _, c := range graph.Claims {
				once(c)
				claims[c.Key] = c
				if c.Key != c.NewKey() || c.Status != masar.ClaimAccepted || !strings.HasPrefix(c.Origin, "seed:") {
					t.Errorf("claim %+v", c)
				}
				if !entities[c.Subject] || !entities[c.Object] {
					t.Errorf("claim %+v refers to an unknown entity", c)
				}
			}
			proven := map[masar.ClaimKey]bool{}
			for _, e := range graph.Evidence {
				once(e)
				proven[e.ClaimKey] = true
				p := e.Passage
				if e.Key != e.NewKey() || e.Review != masar.ReviewAccepted || e.Kind == "" || e.Directness == "" || e.Stance == "" ||
					e.Summaries.IsZero() || claims[e.ClaimKey] == nil || len(p.Version) != 64 || p.Lang == "" || !entities[p.Source] {
					t.Errorf("evidence %+v", e)
				}
			}
			for key, c := range claims {
				if !proven[key] {
					t.Errorf("claim %+v has no evidence", c)
				}
			}
			for _, o := range graph.Observations {
				once(o)
				if o.Key != o.NewKey() || !entities[o.Of] || !entities[o.Source] || o.Qualifier == "" || o.Nature == "" {
					t.Errorf("observation %+v", o)
				}
			}
		})
	}
}

// TestReadRecords compares whole records of the valid seed, with the defaults of omitted keys.
func TestReadRecords(t *testing.T) {
	graph, err := Read(validSeed(t))
	if err != nil {
		t.Fatal(err)
	}
	say := func(ar, en string) masar.LocalizedText {
		return masar.LocalizedText{AR: masar.Translation{Value: ar}, EN: masar.Translation{Value: en}}
	}
	enact, page := masar.Ref{Kind: masar.KindInitiative, Code: "ENACT"}, masar.Ref{Kind: masar.KindDocument, Code: "PAGE"}
	aims := masar.Passage{
		Source: page, Version: strings.Repeat("a", 64), Start: 0, End: 40, SHA256: strings.Repeat("b", 64),
		Lang: masar.Arabic, Locators: say("الفقرة 1", "paragraph 1"),
	}

	t.Run("country", func(t *testing.T) {
		want := &masar.Country{
			Header: masar.Header{
				Kind: masar.KindCountry, Code: "EGY", Titles: say("مصر", "Egypt"),
				Summaries:  say("جمهورية مصر العربية.", "The Arab Republic of Egypt."),
				OtherNames: []masar.Alias{{Name: "جمهورية مصر العربية", Lang: masar.Arabic}},
			},
			ISO2: "EG", M49: "818", IncomeGroup: masar.LowerMiddleIncome, IncomeYear: "2025",
			Groups: []masar.Ref{{Kind: masar.KindCountryGroup, Code: "ARAB-REGION"}},
		}
		compare(t, want, find(t, graph, "COUNTRY/EGY"))
	})
	t.Run("target", func(t *testing.T) {
		want := &masar.SdgTarget{Header: masar.Header{
			Kind: masar.KindSdgTarget, Code: "16.6", Titles: say("مؤسسات فعالة", "Effective institutions"),
			Parent: masar.Ref{Kind: masar.KindSdgGoal, Code: "16"},
		}}
		compare(t, want, find(t, graph, "SDG_TARGET/16.6"))
	})
	t.Run("activity", func(t *testing.T) {
		want := &masar.Activity{
			Header: masar.Header{
				Kind: masar.KindActivity, Code: "WEBINAR", Titles: say("الندوة", "The webinar"),
				Summaries: say("ندوة عبر الإنترنت.", "A webinar."),
			},
			Form: masar.ActivityWebinar, Status: masar.ActivityHeld, Places: say("القاهرة", "Cairo"),
			Date:         masar.Date{EDTF: "2024-12-11", Basis: masar.Inferred},
			Participants: []masar.Quantity{{Value: 5000, Qualifier: masar.MoreThan, Labels: say("مشارك", "people")}},
		}
		compare(t, want, find(t, graph, "ACTIVITY/WEBINAR"))
	})
	t.Run("output", func(t *testing.T) {
		want := []masar.OutputState{{
			Status: masar.OutputPlanned, AsOf: masar.Date{EDTF: "2023", Basis: masar.Stated}, Source: page,
			Notes: say("مذكورة كخطة.", "Named as a plan."),
		}}
		compare(t, want, find(t, graph, "OUTPUT/STUDY").(*masar.Output).History)
	})
	t.Run("document", func(t *testing.T) {
		want := &masar.Document{
			Header: masar.Header{
				Kind: masar.KindDocument, Code: "PAGE", Summaries: say("صفحة عن المشروع.", "A page about the project."),
				Titles: masar.LocalizedText{
					AR: masar.Translation{Value: "صفحة المشروع", Origin: masar.OriginPublished},
					EN: masar.Translation{Value: "The project's page", Origin: masar.OriginTranslated},
				},
			},
			Form: masar.DocumentProjectPage, URL: "https://example.org/page", Languages: []masar.Language{masar.Arabic, masar.English},
			Publishing: masar.Ref{Kind: masar.KindOrganization, Code: "ESCWA"}, Date: masar.Date{EDTF: "2024-12-11", Basis: masar.Stated},
			Family: "ENACT/ESCWA", EvidenceKind: masar.ProjectPage,
			Versions: []masar.DocumentVersion{{SHA256: strings.Repeat("a", 64), Length: 1000}},
		}
		compare(t, want, find(t, graph, "DOCUMENT/PAGE"))
	})
	t.Run("joined claim", func(t *testing.T) {
		want := &masar.Claim{
			Subject: enact, Predicate: masar.Concerns, Object: masar.Ref{Kind: masar.KindTopic, Code: "DPI"},
			Basis: masar.Inferred, Status: masar.ClaimAccepted, Origin: "seed:sources/PAGE.yaml",
			Rationales: say("لأن الأهداف تذكرها. لأن الشريحة تذكرها.", "Because the aims name it. Because the slide names it."),
		}
		want.Key = want.NewKey()
		got, evidence := claimOf(t, graph, enact, masar.Concerns)
		compare(t, want, got)
		if len(evidence) != 2 || evidence[0].Directness != masar.CuratorsReading {
			t.Errorf("evidence %+v", evidence)
		}
	})
	t.Run("defaults of evidence", func(t *testing.T) {
		c, evidence := claimOf(t, graph, masar.Ref{Kind: masar.KindOrganization, Code: "ESCWA"}, masar.Participates)
		want := &masar.Evidence{
			ClaimKey: c.Key, Stance: masar.Supports, Kind: masar.ProjectPage, Directness: masar.Named, Review: masar.ReviewAccepted,
			Summaries: say("يذكر المشروع أهدافه.", "The project names its aims."), Passage: aims,
		}
		want.Key = want.NewKey()
		compare(t, []*masar.Evidence{want}, evidence)
		if c.Role != masar.RoleImplementer || c.Basis != masar.Stated {
			t.Errorf("claim %+v", c)
		}
	})
	t.Run("evidence for a goal", func(t *testing.T) {
		_, evidence := claimOf(t, graph, enact, masar.ContributesTo)
		got := map[masar.Ref]masar.Evidence{}
		for _, e := range evidence {
			got[e.Passage.Source] = *e
		}
		if e := got[page]; e.Directness != masar.GoalNamed || e.Stance != masar.Supports {
			t.Errorf("the page's %+v", e)
		}
		if e := got[masar.Ref{Kind: masar.KindDocument, Code: "SLIDES"}]; e.Directness != masar.GoalNamed || e.Stance != masar.Refutes || e.Kind != masar.Opinion {
			t.Errorf("the slides' %+v", e)
		}
	})
	t.Run("what evidence says itself", func(t *testing.T) {
		_, evidence := claimOf(t, graph, masar.Ref{Kind: masar.KindRecommendation, Code: "KM-1"}, masar.Addresses)
		e := evidence[0]
		if e.Directness != masar.MetadataOnly || e.Summaries != say("تذكر المهارات.", "It names skills.") || e.Passage.Lang != masar.English || !e.Passage.OCRDoubt {
			t.Errorf("%+v", e)
		}
	})
	t.Run("observations", func(t *testing.T) {
		egypt := masar.Ref{Kind: masar.KindCountry, Code: "EGY"}
		want := []*masar.Observation{
			{
				Of: egypt, Indicator: "16.6.2", Year: 2022, Value: 61.5, Unit: "PERCENT", Qualifier: masar.About, Nature: masar.Measured,
				Source: page, Vintage: "2024", Notes: say("من جدول.", "From a table."),
			},
			{
				Of: egypt, Indicator: "CASES", Year: 2023, Value: 4, Unit: "CASES", Qualifier: masar.Exactly, Nature: masar.Reported,
				Source: page, Passage: aims,
			},
		}
		for _, o := range want {
			o.Key = o.NewKey()
		}
		compare(t, want, graph.Observations)
	})
	t.Run("left out", func(t *testing.T) {
		want := []Excluded{{Document: page, Version: strings.Repeat("a", 64), Start: 40, End: 100, Reason: say("قائمة التصفح.", "The menu.")}}
		compare(t, want, graph.Excluded)
	})
}

func compare(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func find(t *testing.T, graph *Graph, ref string) masar.Entity {
	t.Helper()
	for _, e := range graph.Entities {
		if e.Head().Ref().String() == ref {
			return e
		}
	}
	t.Fatalf("the graph has no %s", ref)
	return nil
}

// claimOf is the claim of a subject and predicate with the most evidence, with that evidence.
func claimOf(t *testing.T, graph *Graph, subject masar.Ref, predicate masar.Predicate) (claim *masar.Claim, evidence []*masar.Evidence) {
	t.Helper()
	for _, c := range graph.Claims {
		if c.Subject != subject || c.Predicate != predicate {
			continue
		}
		var its []*masar.Evidence
		for _, e := range graph.Evidence {
			if e.ClaimKey == c.Key {
				its = append(its, e)
			}
		}
		if len(its) > len(evidence) {
			claim, evidence = c, its
		}
	}
	if claim == nil {
		t.Fatalf("no claim of %s %s", subject, predicate)
	}
	return claim, evidence
}

// shuffledFS lists its folders in another order at each call.
type shuffledFS struct{ fstest.MapFS }

func (s shuffledFS) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := s.MapFS.ReadDir(name)
	rand.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
	return entries, err
}

// TestReadOrder checks that neither the order of files nor the division of common entities into files changes the
// graph.
func TestReadOrder(t *testing.T) {
	valid := validSeed(t)
	want, err := Read(valid)
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	fsys := fstest.MapFS{}
	for name, f := range valid {
		if !strings.HasPrefix(name, "common/") {
			fsys[name] = f
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			if !strings.HasPrefix(line, " ") {
				sections = append(sections, "")
			}
			sections[len(sections)-1] += line
		}
	}
	for range 50 {
		for i, at := range rand.Perm(len(sections)) {
			fsys["common/"+string(rune('a'+i))+".yaml"] = &fstest.MapFile{Data: []byte(sections[at])}
		}
		got, err := Read(shuffledFS{fsys})
		if err != nil {
			t.Fatal(err)
		}
		compare(t, want, got)
	}
}

// TestReadNothing reads missing and empty folders.
func TestReadNothing(t *testing.T) {
	for _, fsys := range []fstest.MapFS{{}, {"common/README.md": {Data: []byte("x")}}, {"other/x.yaml": {Data: []byte("x")}}} {
		if graph, err := Read(fsys); graph != nil || err == nil {
			t.Errorf("%v: graph %v, error %v", fsys, graph, err)
		}
	}
}

// FuzzRead reads a seed of one arbitrary file.
func FuzzRead(f *testing.F) {
	var all []byte
	for _, data := range yamlFiles(f, validSeed(f)) {
		f.Add(data)
		if !bytes.Contains(all, []byte("document:")) { // a file of folder sources needs one
			all = append(all, data...)
		}
	}
	f.Add(all)
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{"sources/PAGE.yaml": {Data: data}}
		graph, err := Read(fsys)
		faults, _ := errors.AsType[Faults](err)
		if (graph == nil) != (len(faults) > 0) {
			t.Fatalf("graph %v and error %v", graph, err)
		}
		for _, fault := range faults {
			if fault.File == "" || fault.Message == "" || strings.Contains(fault.Message, "%!") {
				t.Errorf("fault %+v", fault)
			}
		}
		again, err := Read(fsys)
		more, _ := errors.AsType[Faults](err)
		if !cmp.Equal(graph, again) || !cmp.Equal(faults, more) {
			t.Error("two calls of Read return different graphs")
		}
	})
}

// Catches: a rule that the embedded seed breaks and that its reader does not report.
func TestSeedBreaksNoRule(t *testing.T) {
	graph, err := Read(Files)
	if err != nil {
		t.Fatal("the seed has faults; TestFiles lists them")
	}
	for _, f := range masar.ValidateBatch(graph.Batch(), masar.NewIndex(graph.Batch())) {
		t.Errorf("%s %s: %s %v", f.Record, f.Path, f.Code, f.Args)
	}
}

// spoilers break one rule of the valid seed in two ways: in its text, and in its records.
var spoilers = []struct {
	file, old, new string
	spoil          func(*Graph)
}{
	{"common/places.yaml", "form: GOVERNMENT", "form: CLUB", func(g *Graph) { entityOf[*masar.Organization](g, "MCIT").Form = "CLUB" }},
	{"common/places.yaml", "home: COUNTRY/EGY", "home: COUNTRY/EGX", func(g *Graph) { entityOf[*masar.Organization](g, "MCIT").Home.Code = "EGX" }},
	{"common/places.yaml", "    incomeYear: \"2025\"\n", "", func(g *Graph) { entityOf[*masar.Country](g, "EGY").IncomeYear = "" }},
	{"common/places.yaml", "iso2: EG", "iso2: eg", func(g *Graph) { entityOf[*masar.Country](g, "EGY").ISO2 = "eg" }},
	{"common/things.yaml", "parent: TOPIC/DPI", "parent: CHALLENGE/SKILLS", func(g *Graph) {
		entityOf[*masar.Topic](g, "DIGITAL-ID").Parent = masar.Ref{Kind: masar.KindChallenge, Code: "SKILLS"}
	}},
	{"common/things.yaml", "unit: CASES", "unit: cases", func(g *Graph) { entityOf[*masar.Indicator](g, "CASES").Unit = "cases" }},
	{"sources/PAGE.yaml", "date: 2024-12-11\n", "date: 2024/2023\n", func(g *Graph) {
		entityOf[*masar.Document](g, "PAGE").Date.EDTF = "2024/2023"
	}},
	{"sources/PAGE.yaml", "url: https://", "url: ftp://", func(g *Graph) { entityOf[*masar.Document](g, "PAGE").URL = "ftp://example.org/page" }},
	{"sources/PAGE.yaml", "value: 5000", "value: -5", func(g *Graph) { entityOf[*masar.Activity](g, "WEBINAR").Participants[0].Value = -5 }},
	{"sources/PAGE.yaml", "year: 2022", "year: 1922", func(g *Graph) {
		for _, o := range g.Observations {
			if o.Year == 2022 {
				o.Year = 1922
				o.Key = o.NewKey()
			}
		}
	}},
}

func entityOf[T masar.Entity](g *Graph, code string) (found T) {
	for _, e := range g.Entities {
		if of, ok := e.(T); ok && e.Head().Code == code {
			return of
		}
	}
	return found
}

// Catches: a reader that reports other rules for the files than masar.Validate reports for their records.
func TestSeedAndCheckAgree(t *testing.T) {
	for round := range uint64(50) {
		random := rand.New(rand.NewPCG(round, 1))
		files := validSeed(t)
		graph, err := Read(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range random.Perm(len(spoilers))[:1+random.IntN(5)] {
			s := spoilers[i]
			text := string(files[s.file].Data)
			if strings.Count(text, s.old) != 1 {
				t.Fatalf("%s has %q %d times", s.file, s.old, strings.Count(text, s.old))
			}
			files[s.file].Data = []byte(strings.Replace(text, s.old, s.new, 1))
			s.spoil(graph)
		}
		_, err = Read(files)
		faults, _ := errors.AsType[Faults](err)
		var read, checked []string
		for _, f := range faults {
			read = append(read, string(f.Code))
		}
		for _, f := range masar.ValidateBatch(graph.Batch(), masar.NewIndex(graph.Batch())) {
			checked = append(checked, string(f.Code))
		}
		slices.Sort(read)
		slices.Sort(checked)
		if !slices.Equal(read, checked) {
			t.Errorf("round %d: the reader reports %v, a check of the records %v", round, read, checked)
		}
	}
}
