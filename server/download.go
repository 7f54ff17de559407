package server

import (
	"net/http"

	"masar/operations"
)

// downloadsEach is how many downloads may run for each operation that may: they mostly wait for their reader.
const downloadsEach = 4

// downloads lets requests through to handlers that write their answers while they make them. They hold their places for as
// long as their readers take, and so have a queue of their own.
type downloads struct {
	checkRate
	queue *operations.Queue
}

func newDownloads(c checkRate) downloads {
	return downloads{c, c.operations.NewQueue("downloads", downloadsEach)}
}

func (d downloads) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		request, refused := d.begin(w, r)
		leave := func() {}
		if refused == nil {
			leave, refused = request.Enter(r.Context(), d.queue)
		}
		if refused != nil {
			call{w, r, plainJSON}.refuse(d.operations.Present(r.Context(), refused))
			return
		}
		defer leave()
		h.ServeHTTP(w, r)
	})
}
