package scoring_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"masar"
	"masar/scoring"
)

func TestNewRefusesBadProfiles(t *testing.T) {
	for _, c := range []struct {
		name     string
		spoil    func(*masar.ScoringProfile)
		argument string
	}{
		{"weight above 1", func(p *masar.ScoringProfile) { p.Quality[2].Weight = 1.01 }, "profile.quality[2].weight"},
		{"weight below 0", func(p *masar.ScoringProfile) { p.Directness[0].Weight = -.1 }, "profile.directness[0].weight"},
		{"weight NaN", func(p *masar.ScoringProfile) { p.Quality[11].Weight = math.NaN() }, "profile.quality[11].weight"},
		{"unknown kind", func(p *masar.ScoringProfile) { p.Quality[0].Kind = "RUMOUR" }, "profile.quality"},
		{"kind twice", func(p *masar.ScoringProfile) { p.Quality[0].Kind = masar.News }, "profile.quality"},
		{"kind missing", func(p *masar.ScoringProfile) { p.Quality = p.Quality[1:] }, "profile.quality"},
		{"unknown directness", func(p *masar.ScoringProfile) { p.Directness[0].Directness = "" }, "profile.directness"},
		{"directness missing", func(p *masar.ScoringProfile) { p.Directness = nil }, "profile.directness"},
		{"goal for target", func(p *masar.ScoringProfile) { p.GoalForTarget = 2 }, "profile.goalForTarget"},
		{"age floor", func(p *masar.ScoringProfile) { p.AgeFloor = math.NaN() }, "profile.ageFloor"},
		{"OCR doubt", func(p *masar.ScoringProfile) { p.OCRDoubt = math.Inf(1) }, "profile.ocrDoubt"},
		{"half-life 0", func(p *masar.ScoringProfile) { p.HalfLife = 0 }, "profile.halfLife"},
		{"half-life NaN", func(p *masar.ScoringProfile) { p.HalfLife = math.NaN() }, "profile.halfLife"},
		{"regional need", func(p *masar.ScoringProfile) { p.RegionalNeed = -1 }, "profile.regionalNeed"},
		{"availability", func(p *masar.ScoringProfile) { p.DefaultAvailability = math.NaN() }, "profile.defaultAvailability"},
		{"authority above 1", func(p *masar.ScoringProfile) { p.Authority[3].Weight = 2 }, "profile.authority[3].weight"},
		{"authority missing", func(p *masar.ScoringProfile) { p.Authority = p.Authority[1:] }, "profile.authority"},
		{"metadata for a fact", func(p *masar.ScoringProfile) { p.MetadataForFact = 1.1 }, "profile.metadataForFact"},
		{"single family", func(p *masar.ScoringProfile) { p.SingleFamily = -.1 }, "profile.singleFamily"},
		{"tailoring", func(p *masar.ScoringProfile) { p.Tailoring.Need = 2 }, "profile.tailoring"},
		{"tailoring by nothing", func(p *masar.ScoringProfile) { p.Tailoring = masar.TailoringWeights{} }, "profile.tailoring"},
		{"context", func(p *masar.ScoringProfile) { p.Context.Language = -.1 }, "profile.context"},
		{"index", func(p *masar.ScoringProfile) { p.Maturity[0].Weight = 1.5 }, "profile.maturity"},
		{"index twice", func(p *masar.ScoringProfile) { p.Maturity[1].Indicator = "EGDI" }, "profile.maturity"},
		{"no index", func(p *masar.ScoringProfile) { p.Maturity = nil }, "profile.maturity"},
		{"contested", func(p *masar.ScoringProfile) { p.Contested = 1.5 }, "profile.contested"},
		{"certainty missing", func(p *masar.ScoringProfile) { p.Certainties = p.Certainties[1:] }, "profile.certainties"},
		{"certainties in another order", func(p *masar.ScoringProfile) { p.Certainties[0].Certainty = masar.CertaintyLow }, "profile.certainties[0]"},
		{"net of a certainty", func(p *masar.ScoringProfile) { p.Certainties[2].Net = math.NaN() }, "profile.certainties[2].net"},
		{"families of a certainty", func(p *masar.ScoringProfile) { p.Certainties[1].Families = -1 }, "profile.certainties[1].families"},
		{"fade below", func(p *masar.ScoringProfile) { p.BandFade.Below = 0 }, "profile.bandFade.below"},
		{"fade above", func(p *masar.ScoringProfile) { p.BandFade.Above = math.NaN() }, "profile.bandFade.above"},
		{"step of no width", func(p *masar.ScoringProfile) { p.MaturityStep.Full = 0 }, "profile.maturityStep.full"},
		{"step that falls before it is full", func(p *masar.ScoringProfile) { p.MaturityStep.Falling = .05 }, "profile.maturityStep.falling"},
		{"step that is far before it falls", func(p *masar.ScoringProfile) { p.MaturityStep.Far = .2 }, "profile.maturityStep.far"},
		{"far factor", func(p *masar.ScoringProfile) { p.MaturityStep.FarFactor = 2 }, "profile.maturityStep.farFactor"},
		{"unnamed case", func(p *masar.ScoringProfile) { p.UnnamedCase = -.05 }, "profile.unnamedCase"},
		{"pilot share", func(p *masar.ScoringProfile) { p.PilotShare = 1.1 }, "profile.pilotShare"},
		{"unsupported step", func(p *masar.ScoringProfile) { p.Paths.Unsupported = 0 }, "profile.paths.unsupported"},
		{"hop", func(p *masar.ScoringProfile) { p.Paths.Hop = 0 }, "profile.paths.hop"},
		{"busy", func(p *masar.ScoringProfile) { p.Paths.Busy = 0 }, "profile.paths.busy"},
		{"predicate missing", func(p *masar.ScoringProfile) { p.Paths.Predicates = p.Paths.Predicates[1:] }, "profile.paths.predicates"},
		{"predicate of weight 0", func(p *masar.ScoringProfile) { p.Paths.Predicates[0].Weight = 0 }, "profile.paths.predicates"},
		{"thin net", func(p *masar.ScoringProfile) { p.Gaps.ThinNet = 2 }, "profile.gaps.thinNet"},
		{"synthesis of no families", func(p *masar.ScoringProfile) { p.Gaps.SynthesisFamilies = 0 }, "profile.gaps.synthesisFamilies"},
		{"stale", func(p *masar.ScoringProfile) { p.Gaps.StaleYears = math.NaN() }, "profile.gaps.staleYears"},
		{"like maturity", func(p *masar.ScoringProfile) { p.Gaps.LikeMaturity = -1 }, "profile.gaps.likeMaturity"},
		{"half-life without end", func(p *masar.ScoringProfile) { p.HalfLife = math.Inf(1) }, "profile.halfLife"},
	} {
		t.Run(c.name, func(t *testing.T) {
			profile := scoring.DefaultProfile()
			c.spoil(&profile)
			_, err := scoring.New(profile, asOf)
			checkBadInput(t, err, c.argument)
		})
	}
	t.Run("no day", func(t *testing.T) {
		_, err := scoring.New(scoring.DefaultProfile(), time.Time{})
		checkBadInput(t, err, "asOf")
	})
}

func checkBadInput(t *testing.T, err error, argument string) {
	t.Helper()
	if bad, ok := errors.AsType[*masar.Error](err); !ok || bad.Code != masar.CodeBadInput || bad.Argument != argument {
		t.Errorf("error %v, want BAD_INPUT for %s", err, argument)
	}
}

// Catches: a result that depends on the time of day. Answers name only the day.
func TestTimeOfDayIsDropped(t *testing.T) {
	cairo := time.FixedZone("Cairo", 2*60*60)
	s, err := scoring.New(scoring.DefaultProfile(), time.Date(2025, 1, 1, 23, 30, 0, 0, cairo))
	if err != nil {
		t.Fatal(err)
	}
	items := []scoring.Item{message, slide, page}
	if diff := cmp.Diff(newScorer(t).Sum(masar.Effect, items), s.Sum(masar.Effect, items)); diff != "" {
		t.Error(diff)
	}
}

// Catches: a scorer that changes when the caller changes its profile.
func TestScorerKeepsItsProfile(t *testing.T) {
	profile := scoring.DefaultProfile()
	s, err := scoring.New(profile, asOf)
	if err != nil {
		t.Fatal(err)
	}
	before := s.Sum(masar.Effect, []scoring.Item{perfect}).Supports
	profile.Quality[0].Weight = 0
	if after := s.Sum(masar.Effect, []scoring.Item{perfect}).Supports; after != before {
		t.Errorf("support changed from %v to %v", before, after)
	}
}
