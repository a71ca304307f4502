package metrics

import "github.com/prometheus/client_golang/prometheus"

// collector turns a Snapshot into metrics.
type collector struct {
	version  string
	snapshot func() Snapshot
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("ctiscope_"+name, help, labels, nil)
}

var (
	packets      = describe("packets_total", "Packets that were read.")
	bytes        = describe("captured_bytes_total", "Bytes of the packets that were read.")
	messages     = describe("messages_total", "Decoded CTI messages.", "type")
	failures     = describe("failures_total", "CTI messages that report a failure.", "type", "code")
	sessionsOpen = describe("sessions_open", "CTI sessions that are open.")
	sessions     = describe("sessions_total", "CTI sessions that were seen.")
	lostPackets  = describe("lost_packets_total", "Packets that were lost, by place.", "place")
	lostBytes    = describe("lost_bytes_total", "Bytes missing in streams, by place.", "place")
	queueBytes   = describe("queue_bytes", "Memory of packets that wait to be decoded.")
	buildInfo    = describe("build_info", "The version that runs.", "version")
)

// Describe sends the metrics' descriptions.
func (c *collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{packets, bytes, messages, failures, sessionsOpen, sessions, lostPackets, lostBytes, queueBytes, buildInfo} {
		to <- d
	}
}

// Collect sends the metrics of one Snapshot.
func (c *collector) Collect(to chan<- prometheus.Metric) {
	s := c.snapshot()
	count := func(d *prometheus.Desc, n uint64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
	}
	gauge := func(d *prometheus.Desc, n int, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	count(packets, s.Packets)
	count(bytes, s.Bytes)
	count(sessions, s.Sessions)
	gauge(sessionsOpen, s.SessionsOpen)
	gauge(queueBytes, s.QueueBytes)
	gauge(buildInfo, 1, c.version)
	for name, n := range s.Messages {
		count(messages, n, name)
	}
	for _, f := range merged(s.Failures) {
		count(failures, f.Count, f.Type, f.Code)
	}
	for place, n := range s.LostPackets {
		count(lostPackets, n, place)
	}
	for place, n := range s.LostBytes {
		count(lostBytes, n, place)
	}
}

// merged adds up failures of one type and code: a metric told twice would fail
// the whole answer.
func merged(list []Failure) []Failure {
	type key struct{ name, code string }
	at := map[key]int{}
	var sum []Failure
	for _, f := range list {
		i, ok := at[key{f.Type, f.Code}]
		if !ok {
			i = len(sum)
			at[key{f.Type, f.Code}] = i
			sum = append(sum, Failure{Type: f.Type, Code: f.Code})
		}
		sum[i].Count += f.Count
	}
	return sum
}
