package topology_test

import (
	"testing"

	"masar"
	"masar/scoring"
	"masar/topology"
)

func (g graph) on(day string) *topology.Graph {
	g.t.Helper()
	then, err := g.AsOfDay(&day)
	if err != nil {
		g.t.Fatal(err)
	}
	return then
}

// Catches: a future value, a value of an older edition, or a planned value taken for the newest.
func TestNewestValue(t *testing.T) {
	g := build(t, `
		COUNTRY/EGY observed 17.8.1 2020 B UN 70
		COUNTRY/EGY observed 17.8.1 2022 A UN 60
		COUNTRY/EGY observed 17.8.1 2022 B UN 72
		COUNTRY/EGY observed 17.8.1 2024 B UN 99 PLANNED
		COUNTRY/EGY observed EGDI 2024 2024 UN .7
		COUNTRY/EGY observed GTMI 2022 2022 WB .75
		COUNTRY/LBY observed ENACT_CASES 2023 2023 UN 3`)
	for day, want := range map[string]float64{"2025-01-01": 72, "2021-12-31": 70} {
		value, at, ok := g.on(day).Newest(g.at("COUNTRY/EGY"), "17.8.1")
		equal(t, want, value.Value)
		equal(t, true, ok)
		equal(t, want == 72, g.names[g.ObservationRecord(at).UID] == "EGY 17.8.1 2022 B UN")
	}
	if _, _, ok := g.on("2019-01-01").Newest(g.at("COUNTRY/EGY"), "17.8.1"); ok {
		t.Error("Newest returns a value for a day before the first one")
	}
	m, from := g.on("2025-01-01").Maturity(g.at("COUNTRY/EGY"))
	equal(t, []string{"EGDI", "GTMI"}, []string{m.Indices[0].Indicator, m.Indices[1].Indicator})
	equal(t, []string{"EGY EGDI 2024 2024 UN", "EGY GTMI 2022 2022 WB"}, []string{g.names[g.ObservationRecord(from[0]).UID], g.names[g.ObservationRecord(from[1]).UID]})
	if m, _ := g.on("2025-01-01").Maturity(g.at("COUNTRY/LBY")); m != nil {
		t.Errorf("maturity of a country without an index: %+v", m)
	}
}

// Catches: an older edition of a figure taken for the newest, by its document, its vintage or as a plan; and a figure of another
// year or country that hides one.
func TestNewestEdition(t *testing.T) {
	g := build(t, `
		DOCUMENT/OLD date 2020-10
		DOCUMENT/NEW date 2025-11
		COUNTRY/EGY observed 17.8.1 2019 Z OLD 70
		COUNTRY/EGY observed 17.8.1 2019 A NEW 71
		COUNTRY/EGY observed 17.8.1 2020 Z OLD 72
		COUNTRY/EGY observed 17.8.1 2021 2 NEW 73
		COUNTRY/EGY observed 17.8.1 2021 10 NEW 74
		COUNTRY/EGY observed 17.8.1 2021 11 NEW 99 PLANNED
		COUNTRY/LBY observed 17.8.1 2020 A NEW 60`)
	earlier := map[string]bool{"EGY 17.8.1 2019 Z OLD": true, "EGY 17.8.1 2021 2 NEW": true}
	for _, o := range g.AllObservations() {
		name := g.names[g.ObservationRecord(o).UID]
		if g.IsNewestEdition(o) == earlier[name] {
			t.Errorf("%s is the newest edition: %v", name, !earlier[name])
		}
	}
}

// Catches: common properties of two countries that count twice because two groups have the same members.
func TestContext(t *testing.T) {
	g := build(t, `
		COUNTRY/EGY group COUNTRY_GROUP/ARAB-REGION
		COUNTRY/EGY group COUNTRY_GROUP/LAS
		COUNTRY/SDN group COUNTRY_GROUP/LAS
		COUNTRY/SDN group COUNTRY_GROUP/ARAB-REGION
		COUNTRY/SDN group COUNTRY_GROUP/LDC
		COUNTRY/SDN leastDeveloped
		COUNTRY/SDN income LOW
		COUNTRY/SDN speaks ar
		COUNTRY/SDN speaks en
		COUNTRY/QAT group COUNTRY_GROUP/GCC`)
	equal(t, scoring.Context{Memberships: []string{"ARAB-REGION"}}, g.Context(g.at("COUNTRY/EGY")))
	equal(t, scoring.Context{
		Income: masar.LowIncome, LeastDeveloped: true, Languages: []string{"ar", "en"}, Memberships: []string{"ARAB-REGION"},
	}, g.Context(g.at("COUNTRY/SDN")))
	equal(t, scoring.Context{Memberships: []string{"GCC"}}, g.Context(g.at("COUNTRY/QAT")))
}
