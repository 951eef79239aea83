package dev.stampede.streaming.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.ExternalProgram;
import dev.stampede.streaming.kafka.AccessRight;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * A broker with a second listener that takes TLS and SCRAM only, whose users may do nothing that is not granted to them.
 * Its plain listener is that of its administrator.
 */
public final class SecuredBroker implements AutoCloseable {
    private static final String STORE_PASSWORD = "password-of-the-store";
    private static final int ITERATIONS = 4096;

    private final Path folder;
    private final Path store;
    private final EmbeddedBroker broker;
    private final String address;
    private final Admin admin;

    private SecuredBroker(Path folder, Path store, EmbeddedBroker broker, String address) {
        this.folder = folder;
        this.store = store;
        this.broker = broker;
        this.address = address;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.address()));
    }

    /** Starts one whose files are in {@code folder}. */
    public static SecuredBroker start(Path folder) throws IOException {
        Path store = folder.resolve("broker.p12");
        makeStore(store);
        int plain = EmbeddedBroker.freePort(0);
        int secure = EmbeddedBroker.freePort(0);
        BrokerSettings plan = BrokerSettings.singleNode(plain);
        String listeners = plan.config("", plain).get("listeners") + ",SECURE://127.0.0.1:" + secure;
        EmbeddedBroker broker = EmbeddedBroker.start(
                folder,
                plan.with(Map.of(
                                "listeners", listeners,
                                "listener.security.protocol.map",
                                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL",
                                "inter.broker.listener.name", "PLAINTEXT",
                                "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                                "ssl.keystore.location", store.toString(),
                                "ssl.keystore.password", STORE_PASSWORD,
                                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                                "allow.everyone.if.no.acl.found", "false",
                                "super.users", "User:ANONYMOUS"))
                        .with(Map.of(
                                "group.min.session.timeout.ms",
                                "1000",
                                "listener.name.secure.scram-sha-512.sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required;")));
        return new SecuredBroker(folder, store, broker, "127.0.0.1:" + secure);
    }

    private static void makeStore(Path store) {
        ExternalProgram.run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        STORE_PASSWORD))
                .succeeded();
    }

    /** The broker itself; its address is that of the administrator. */
    public EmbeddedBroker broker() {
        return broker;
    }

    /** Where its users reach it. */
    public String address() {
        return address;
    }

    /** The password of {@code user}. */
    public static String password(String user) {
        return "password-of-" + user;
    }

    /** The user's JAAS configuration. */
    public static String jaas(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password(user) + "\";";
    }

    /** Adds a user who may do what {@code rights} say. */
    public void addUser(String user, List<AccessRight> rights) throws ExecutionException, InterruptedException {
        ScramCredentialInfo how = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, how, password(user))))
                .all()
                .get();
        for (AccessRight right : rights) {
            grant(user, right);
        }
    }

    public void grant(String user, AccessRight right) throws ExecutionException, InterruptedException {
        admin.createAcls(List.of(binding(user, right))).all().get();
    }

    public void revoke(String user, AccessRight right) throws ExecutionException, InterruptedException {
        assertThat(admin.deleteAcls(List.of(binding(user, right).toFilter()))
                        .all()
                        .get())
                .as("what was granted")
                .hasSize(1);
    }

    private static AclBinding binding(String user, AccessRight right) {
        return new AclBinding(
                new ResourcePattern(
                        right.resource(), right.start(), right.isPrefix() ? PatternType.PREFIXED : PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", right.operation(), AclPermissionType.ALLOW));
    }

    /** What a client of the user is told. */
    public Map<String, String> client(String user) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                jaas(user),
                "ssl.truststore.location",
                store.toString(),
                "ssl.truststore.password",
                STORE_PASSWORD);
    }

    /** The same in a file. */
    public Path clientFile(String user) {
        Properties properties = new Properties();
        properties.putAll(client(user));
        Path file = folder.resolve(user + ".properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The same for the settings of a stream, with the address. */
    public Map<String, String> streamSettings(String user) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", address));
        client(user).forEach((key, value) -> settings.put("kafka." + key, value));
        return settings;
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
