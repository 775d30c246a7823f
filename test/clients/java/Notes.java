import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Works with the table clients.notes as DBeaver, Metabase and programs in Java do, over JDBC. Says on standard output what it
 * got, a line of JSON a step. Argument: a JDBC URL.
 */
public class Notes {
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", "default");
        properties.setProperty("password", "");
        try (Connection connection = DriverManager.getConnection(args[0], properties)) {
            say("version", text(connection.getMetaData().getDatabaseProductVersion()));
            say("tables", tables(connection));
            say("columns", columns(connection));
            insert(connection);
            say("rows", rows(connection));
            say("parameter", parameter(connection));
            say("many", many(connection));
            say("error", error(connection));
        }
    }

    private static void say(String step, String got) {
        System.out.println("{\"step\":" + text(step) + ",\"got\":" + got + "}");
    }

    private static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String list(List<String> items) {
        return "[" + String.join(",", items) + "]";
    }

    private static String tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getTables(null, "clients", "%", new String[] {"TABLE"})) {
            while (found.next()) names.add(text(found.getString("TABLE_NAME")));
        }
        return list(names);
    }

    private static String columns(Connection connection) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, "clients", "notes", "%")) {
            while (found.next()) columns.add(text(found.getString("COLUMN_NAME") + " " + found.getString("TYPE_NAME")));
        }
        return list(columns);
    }

    private static void insert(Connection connection) throws SQLException {
        String sql = "INSERT INTO notes (id, text, at, amount, tags, kind) VALUES (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, 1);
            statement.setString(2, "it's é\n");
            statement.setObject(3, LocalDateTime.of(2020, 1, 2, 3, 4, 5, 6000));
            statement.setBigDecimal(4, new BigDecimal("1.25"));
            statement.setArray(5, connection.createArrayOf("String", new String[] {"a", "b"}));
            statement.setString(6, "x");
            statement.addBatch();
            statement.setInt(1, 2);
            statement.setString(2, "");
            statement.setNull(3, java.sql.Types.TIMESTAMP);
            statement.setBigDecimal(4, new BigDecimal("-0.50"));
            statement.setArray(5, connection.createArrayOf("String", new String[0]));
            statement.setString(6, "y");
            statement.addBatch();
            statement.executeBatch();
        }
    }

    private static String rows(Connection connection) throws SQLException {
        List<String> rows = new ArrayList<>();
        String sql = "SELECT id, text, at, amount, tags, kind FROM notes ORDER BY id";
        try (ResultSet found = connection.createStatement().executeQuery(sql)) {
            while (found.next()) {
                LocalDateTime at = found.getObject("at", LocalDateTime.class);
                List<String> tags = new ArrayList<>();
                for (Object tag : (Object[]) found.getArray("tags").getArray()) tags.add(text((String) tag));
                rows.add(list(List.of(
                    String.valueOf(found.getLong("id")),
                    text(found.getString("text")),
                    at == null ? "null" : text(at.format(MICROSECONDS)),
                    text(found.getBigDecimal("amount").toPlainString()),
                    list(tags),
                    text(found.getString("kind")))));
            }
        }
        return list(rows);
    }

    private static String parameter(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT text FROM notes WHERE id = ?")) {
            statement.setInt(1, 1);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return text(found.getString(1));
            }
        }
    }

    private static String many(Connection connection) throws SQLException {
        long count = 0;
        long sum = 0;
        try (ResultSet found = connection.createStatement().executeQuery("SELECT number FROM numbers(200000)")) {
            while (found.next()) {
                count++;
                sum += found.getLong(1);
            }
        }
        return list(List.of(String.valueOf(count), String.valueOf(sum)));
    }

    private static String error(Connection connection) {
        try {
            connection.createStatement().executeQuery("SELECT * FROM nosuch");
            return text("no error");
        } catch (SQLException error) {
            return String.valueOf(error.getErrorCode());
        }
    }
}
