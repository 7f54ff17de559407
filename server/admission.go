package server

import (
	"net/http"

	"masar"
)

// Admission says how much is taken in at once. What a client asks from the machine of the service is bounded by the queue
// alone.
type Admission struct {
	// Queue bounds the operations that run and wait.
	Queue QueueSize
	// Rate bounds the requests of a client.
	Rate Rate
	// Proxies are the reverse proxies in front, which ask for many clients.
	Proxies Proxies
}

// onlyFromHere shows a handler to this machine alone.
func onlyFromHere(proxies Proxies, p presenter, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if proxies.client(r).IsLoopback() {
			h.ServeHTTP(w, r)
			return
		}
		call{w, r, plainJSON}.refuse(p.present(r.Context(), masar.Errorf(masar.CodeForbidden,
			"this is answered to the machine of the service alone", "هذا متاح من جهاز الخدمة نفسه فقط")))
	})
}

// gate lets in what there is room for. What it refuses has cost next to nothing.
type gate struct {
	clients    *clients
	operations *Queue
	downloads  *Queue
	metrics    *Metrics
}

// downloadsEach is how many downloads may run for each operation that may: they mostly wait for their reader.
const downloadsEach = 4

func newGate(o Admission, m *Metrics) *gate {
	operations := NewQueue(o.Queue)
	o.Queue.Running = downloadsEach * operations.size.Running
	downloads := NewQueue(o.Queue)
	m.watchQueue("operations", operations)
	m.watchQueue("downloads", downloads)
	return &gate{newClients(o.Rate, o.Proxies), operations, downloads, m}
}

// knock takes a request from its client's budget, and is asked before anything else of the request is read.
func (g *gate) knock(w http.ResponseWriter, r *http.Request) *masar.Error {
	err := g.clients.spend(w, g.clients.of(r))
	if err != nil {
		g.metrics.refuse(refusedRate)
	}
	return err
}

// charge takes from the client's budget what an operation costs beyond a request.
func (g *gate) charge(w http.ResponseWriter, r *http.Request, cost int) {
	g.clients.charge(w, g.clients.of(r), cost)
}

// enter waits in a queue for a place to run in, and is asked when all of a request has been read: who sends slowly holds
// no place.
func (g *gate) enter(q *Queue, r *http.Request) (leave func(), err *masar.Error) {
	leave, err = q.Enter(r.Context(), g.clients.of(r))
	switch {
	case err == nil:
	case err.Code == masar.CodeRateLimited:
		g.metrics.refuse(refusedShare)
	default:
		g.metrics.refuse(refusedLoad)
	}
	return leave, err
}

// download lets requests through to a handler that writes its answer while it makes it. They hold their places for as
// long as their readers take, and so have places of their own.
func (g *gate) download(p presenter, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leave, refused := func() {}, g.knock(w, r)
		if refused == nil {
			leave, refused = g.enter(g.downloads, r)
		}
		if refused != nil {
			call{w, r, plainJSON}.refuse(p.present(r.Context(), refused))
			return
		}
		defer leave()
		h.ServeHTTP(w, r)
	})
}
