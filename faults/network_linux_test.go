package faults

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"testing"
	"time"
)

// echo sends each line back.
func echo(t *testing.T) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for lines := bufio.NewScanner(c); lines.Scan(); {
					fmt.Fprintln(c, lines.Text())
				}
			}()
		}
	}()
	return listener.Addr().String()
}

// peer is a client of the echo behind a network.
type peer struct {
	net.Conn
	lines *bufio.Scanner
}

func connect(t *testing.T, address string) peer {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return peer{c, bufio.NewScanner(c)}
}

// say sends a line. It reports whether the line came back within a time, and after how long.
func (p peer) say(line string, within time.Duration) (took time.Duration, ok bool) {
	began := time.Now()
	_ = p.SetDeadline(began.Add(within))
	fmt.Fprintln(p, line)
	ok = p.lines.Scan() && p.lines.Text() == line
	return time.Since(began), ok
}

// Catches: a blackhole that passes data or loses later data, a delay that is too short, and a cut that closes no
// connections. Also catches a process that is not identified by its connections.
func TestNetwork(t *testing.T) {
	var n Network
	defer n.Close()
	address, err := n.Proxy("server", echo(t))
	if err != nil {
		t.Fatal(err)
	}
	n.Add(os.Getpid(), "client")
	c := connect(t, address)
	if _, ok := c.say("hello", time.Second); !ok {
		t.Fatal("a good network does not pass a line on")
	}
	n.Set("client", Condition{Delay: 50 * time.Millisecond})
	if took, ok := c.say("slow", time.Second); !ok || took < 100*time.Millisecond {
		t.Errorf("delayed by 50 ms each way: %v, %t", took, ok)
	}
	for _, process := range []string{"client", "server"} {
		n.Set("client", Condition{})
		n.Set(process, Condition{Blackhole: true})
		began := time.Now()
		time.AfterFunc(200*time.Millisecond, func() { n.Set(process, Condition{}) })
		if _, ok := c.say("late", 2*time.Second); !ok || time.Since(began) < 200*time.Millisecond {
			t.Errorf("%s is cut off for 200 ms: the line came back %t after %v", process, ok, time.Since(began))
		}
		n.Set(process, Condition{Blackhole: true})
		if _, ok := connect(t, address).say("never", 100*time.Millisecond); ok {
			t.Errorf("%s is cut off, and a new connection gets through", process)
		}
		n.Set(process, Condition{})
	}
	n.Set("somebody else", Condition{Blackhole: true})
	c = connect(t, address)
	if _, ok := c.say("not mine", time.Second); !ok {
		t.Error("the fault of another process stops this one")
	}
	n.Set("server", Condition{Cut: 1})
	if _, ok := c.say("cut", time.Second); ok {
		t.Error("a connection that is cut answers")
	}
}
