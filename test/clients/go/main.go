// Works with the table clients.notes as a program in Go would. Says on standard output what it got, a line of JSON a step.
//
//	main HOST:PORT WAY
package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/shopspring/decimal"
)

// grafana opens its connections so; its plug-in's default protocol is the native one.
func grafana(address string, protocol clickhouse.Protocol, method clickhouse.CompressionMethod) *sql.DB {
	return clickhouse.OpenDB(&clickhouse.Options{
		Addr:        []string{address},
		Auth:        clickhouse.Auth{Database: "clients", Username: "default"},
		ClientInfo:  clickhouse.ClientInfo{Products: []struct{ Name, Version string }{{"grafana", "12.0.0"}}},
		Compression: &clickhouse.Compression{Method: method},
		DialTimeout: 10 * time.Second,
		ReadTimeout: 300 * time.Second,
		Protocol:    protocol,
		Settings:    clickhouse.Settings{},
	})
}

func standard(url string) *sql.DB {
	db, err := sql.Open("clickhouse", url)
	must(err)
	return db
}

func open(address, way string) *sql.DB {
	switch way {
	case "sql-http":
		return standard("http://" + address + "/clients")
	case "sql-http-lz4":
		return standard("http://" + address + "/clients?compress=lz4")
	case "sql-native":
		return standard("clickhouse://" + address + "/clients")
	case "grafana-http":
		return grafana(address, clickhouse.HTTP, clickhouse.CompressionGZIP)
	case "grafana-native":
		return grafana(address, clickhouse.Native, clickhouse.CompressionLZ4)
	}
	panic("unknown way " + way)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func say(step string, got any) {
	line, err := json.Marshal(map[string]any{"step": step, "got": got})
	must(err)
	fmt.Println(string(line))
}

func texts(db *sql.DB, query string) []string {
	rows, err := db.Query(query)
	must(err)
	defer rows.Close()
	found := []string{}
	for rows.Next() {
		var text string
		must(rows.Scan(&text))
		found = append(found, text)
	}
	must(rows.Err())
	return found
}

func insert(db *sql.DB) {
	batch, err := db.Begin()
	must(err)
	statement, err := batch.Prepare("INSERT INTO notes (id, text, at, amount, tags, kind)")
	must(err)
	at := time.Date(2020, 1, 2, 3, 4, 5, 6000, time.UTC)
	for _, row := range [][]any{
		{uint32(1), "it's é\n", &at, decimal.RequireFromString("1.25"), []string{"a", "b"}, "x"},
		{uint32(2), "", (*time.Time)(nil), decimal.RequireFromString("-0.50"), []string{}, "y"},
	} {
		_, err = statement.Exec(row...)
		must(err)
	}
	must(batch.Commit())
}

func notes(db *sql.DB) [][]any {
	rows, err := db.Query("SELECT id, text, at, amount, tags, kind FROM notes ORDER BY id")
	must(err)
	defer rows.Close()
	found := [][]any{}
	for rows.Next() {
		var id uint32
		var text, kind string
		var at *time.Time
		var amount decimal.Decimal
		var tags []string
		must(rows.Scan(&id, &text, &at, &amount, &tags, &kind))
		var when any
		if at != nil {
			when = at.UTC().Format("2006-01-02T15:04:05.000000Z")
		}
		found = append(found, []any{id, text, when, amount.StringFixed(2), tags, kind})
	}
	must(rows.Err())
	return found
}

func many(db *sql.DB) []uint64 {
	rows, err := db.Query("SELECT number FROM numbers(200000)")
	must(err)
	defer rows.Close()
	var count, sum, number uint64
	for rows.Next() {
		must(rows.Scan(&number))
		count++
		sum += number
	}
	must(rows.Err())
	return []uint64{count, sum}
}

func codeOf(err error) any {
	var exception *clickhouse.Exception
	if errors.As(err, &exception) {
		return exception.Code
	}
	return fmt.Sprint(err)
}

func main() {
	db := open(os.Args[1], os.Args[2])
	must(db.Ping())
	say("version", texts(db, "SELECT version()")[0])
	say("tables", texts(db, "SELECT name FROM system.tables WHERE database = currentDatabase()"))
	say("columns", texts(db, "SELECT name || ' ' || type FROM system.columns WHERE database = currentDatabase() AND table = 'notes' ORDER BY position"))
	insert(db)
	say("rows", notes(db))
	var text string
	must(db.QueryRow("SELECT text FROM notes WHERE id = ?", 1).Scan(&text))
	say("parameter", text)
	say("many", many(db))
	_, err := db.Query("SELECT * FROM nosuch")
	say("error", codeOf(err))
}
