package dev.stampede.streaming.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Truth;
import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.scoring.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser, over a stream of simulated alerts that the shipped model judges. */
@Tag("slow")
class LivePageBrowserTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir
    static Path profile;

    private static VerifiedModel model;
    private static ChromeDriver browser;
    private LiveStream stream;

    @BeforeAll
    static void openBrowser() throws IOException {
        Requirement.require(
                installed("chromium") && installed("chromedriver"),
                "there is no Chromium on this machine; Debian's packages chromium and chromium-driver have it");
        model = VerifiedModel.open(ModelFile.shipped());
        ChromeOptions options = new ChromeOptions();
        options.setBinary(path("chromium").toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(path("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(service, options);
        Files.createDirectories(PICTURES);
    }

    private static boolean installed(String program) {
        return candidates(program).anyMatch(Files::isExecutable);
    }

    private static Path path(String program) {
        return candidates(program).filter(Files::isExecutable).findFirst().orElseThrow();
    }

    private static Stream<Path> candidates(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, program));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
            model.close();
        }
    }

    @BeforeEach
    void startStream() {
        stream = LiveStream.start(model, 0);
        desktop("light");
    }

    @AfterEach
    void stopStream() {
        browser.get("about:blank");
        stream.close();
    }

    private static void desktop(String scheme) {
        show(scheme, 1280, 860, false);
    }

    private static void show(String scheme, int width, int height, boolean phone) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", phone ? 2 : 1, "mobile", phone));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void open(String query) {
        browser.manage().logs().get(LogType.BROWSER); // forgets what came before
        browser.get("http://127.0.0.1:" + stream.port() + "/" + query);
    }

    private static void await(Predicate<ChromeDriver> check) {
        new WebDriverWait(browser, TIMEOUT).until(driver -> check.test(browser));
    }

    private static List<String> verdicts() {
        return texts("[...document.querySelectorAll('.stamp .verdict')].map(e => e.textContent)");
    }

    @SuppressWarnings("unchecked") // the script answers a list of strings
    private static List<String> texts(String script) {
        return (List<String>) Objects.requireNonNull(browser.executeScript("return " + script));
    }

    private static void awaitStamps(int minimum) {
        await(driver -> verdicts().size() >= minimum);
    }

    private static void requireNoComplaint() {
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .extracting(LogEntry::getMessage)
                .isEmpty();
    }

    private static void picture(String name) throws IOException {
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    @Test
    void showsLiveStampsWithTheirVerdictsAndFigures() throws IOException {
        open("");
        awaitStamps(30);
        await(driver -> verdicts().containsAll(List.of("REAL", "BOGUS", "ABSTAIN")));
        await(driver -> !driver.findElement(By.id("rate")).getText().equals("–"));
        String newest = texts("[...document.querySelectorAll('.stamp')].map(e => e.dataset.id)")
                .get(0);
        await(driver -> !texts("[...document.querySelectorAll('.stamp')].map(e => e.dataset.id)")
                .get(0)
                .equals(newest));
        assertThat(browser.findElement(By.id("connection")).getText()).isEqualTo("Live");
        assertThat(browser.findElement(By.id("latency-median")).getText()).endsWith(" ms");
        picture("desktop-light");
        desktop("dark");
        picture("desktop-dark");
        show("light", 390, 844, true);
        picture("phone");
        assertThat(browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"))
                .as("fits a phone's width")
                .isEqualTo(true);
        requireNoComplaint();
    }

    @Test
    void theBadgeFollowsReadiness() throws IOException {
        open("");
        await(driver -> driver.findElement(By.id("connection")).getText().equals("Live"));
        stream.brokersAnswer(false);
        await(driver -> driver.findElement(By.id("connection")).getText().equals("Not ready: kafka"));
        assertThat(browser.findElement(By.id("connection")).getDomAttribute("class"))
                .contains("off");
        assertThat(browser.findElement(By.id("conditions")).getText()).contains("no broker has answered since");
        picture("not-ready");
        stream.brokersAnswer(true);
        await(driver -> driver.findElement(By.id("connection")).getText().equals("Live"));
        requireNoComplaint();
    }

    @Test
    void chartsTheLastHourAndFitsNarrowAndWideScreens() throws IOException {
        open("");
        awaitStamps(30);
        await(driver -> texts("[...document.querySelectorAll('.chart path')].map(e => e.getAttribute('d'))").stream()
                .anyMatch(path -> path.contains("L")));
        assertThat(browser.findElement(By.cssSelector("#chart-rate output")).getText())
                .isNotEqualTo("–");
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {320, 1200, 1920}) {
                show(scheme, width, 900, width == 320);
                picture(width + "-" + scheme);
                assertThat(browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("no sideways scroll at " + width)
                        .isEqualTo(true);
                assertThat(
                                browser.executeScript(
                                        "return document.querySelector('.stamps').getBoundingClientRect().width > 0.85 * innerWidth"))
                        .as("uses the width " + width)
                        .isEqualTo(true);
            }
        }
        requireNoComplaint();
    }

    @Test
    void theFiguresAreOneRowOfADesktop() throws IOException {
        open("");
        awaitStamps(1);
        assertThat(texts("[...new Set([...document.querySelectorAll('#now > div')].map(e => String(e.offsetTop)))]"))
                .as("rows of figures")
                .hasSize(1);
        assertThat(texts("(known => { known.textContent = '100.0 % of 500';"
                        + "document.getElementById('last-outcome').textContent = '59 min ago';"
                        + "return [...document.querySelectorAll('#now dd')].filter(e => e.scrollWidth > e.clientWidth)"
                        + ".map(e => e.id); })(document.getElementById('known-objects'))"))
                .as("values wider than their card")
                .isEmpty();
        picture("figures");
        requireNoComplaint();
    }

    @Test
    void saysWhyThereIsNoCandidate() {
        open("?survey=NONE");
        await(driver -> driver.findElement(By.id("empty")).getText().startsWith("No candidate matches the filter yet"));
        browser.findElement(By.cssSelector("button[type=reset]")).click();
        awaitStamps(1);
        assertThat(texts("[document.getElementById('empty').textContent]"))
                .containsExactly("Waiting for the first alert");
        requireNoComplaint();
    }

    @Test
    void ignoresWhatIsNoFilter() {
        open("?verdict=FOO&low=x&high=7");
        awaitStamps(10);
        assertThat(texts("[...document.querySelectorAll('[name=verdict]')].map(e => String(e.checked))"))
                .containsExactly("true", "true", "true");
        requireNoComplaint();
    }

    @Test
    void keepsTheFilterAcrossARefresh() {
        open("");
        awaitStamps(10);
        browser.executeScript("document.querySelector('input[value=BOGUS]').click();"
                + "document.querySelector('input[value=ABSTAIN]').click();"
                + "const form = document.getElementById('filter'); form.elements.low.value = 0.9;"
                + "form.elements.low.dispatchEvent(new Event('change', {bubbles: true}));");
        new org.openqa.selenium.support.ui.Select(browser.findElement(By.name("survey"))).selectByValue("DEEP");
        browser.navigate().refresh();
        awaitStamps(3);
        assertThat(browser.getCurrentUrl()).contains("verdict=REAL", "low=0.9", "survey=DEEP");
        assertThat(verdicts()).containsOnly("REAL");
        assertThat(texts("[...document.querySelectorAll('.stamp .where')].map(e => e.textContent)"))
                .containsOnly("DEEP");
        assertThat(texts("[...document.querySelectorAll('.stamp .chance')].map(e => e.textContent)"))
                .allSatisfy(chance -> assertThat(Double.parseDouble(chance)).isGreaterThanOrEqualTo(0.9));
        requireNoComplaint();
    }

    @Test
    void opensARecordWithItsMapByKeyboardAlone() throws IOException {
        open("?verdict=REAL&low=0.95");
        awaitStamps(3);
        browser.executeScript("document.querySelector('.stamp').focus({focusVisible: true})");
        WebElement focused = browser.switchTo().activeElement();
        String id = String.valueOf(focused.getDomAttribute("data-id"));
        focused.sendKeys(Keys.ENTER);
        await(driver -> "true".equals(driver.findElement(By.id("record-map")).getDomAttribute("data-drawn")));
        assertThat(browser.findElement(By.id("record-title")).getText())
                .startsWith("REAL ")
                .endsWith(id);
        assertThat(browser.findElement(By.id("record-text")).getText()).contains("lowers the probability of REAL");
        assertThat(browser.findElement(By.id("record-fields")).getText())
                .contains("SHA-256", "sigmaG")
                .as("times to the second")
                .containsPattern("Scored\\s+\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(browser.getCurrentUrl()).contains("alert=");
        picture("record-light");
        desktop("dark");
        picture("record-dark");
        show("light", 390, 844, true);
        picture("record-phone");
        browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
        await(driver -> !driver.getCurrentUrl().contains("alert="));
        requireNoComplaint();
    }

    @Test
    void labelsARecordByKeyboardAlone() throws IOException {
        open("?verdict=REAL&low=0.95");
        awaitStamps(3);
        browser.executeScript("document.querySelector('.stamp').focus({focusVisible: true})");
        String id = String.valueOf(active().getDomAttribute("data-id"));
        active().sendKeys(Keys.ENTER);
        await(driver -> driver.findElement(By.id("label")).isDisplayed());
        browser.findElement(By.id("labeller")).sendKeys("Ada");
        for (int tabs = 0; tabs < 10 && !active().getText().equals("Bogus"); tabs++) {
            active().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
        }
        active().sendKeys(Keys.ENTER);
        await(driver -> driver.findElement(By.id("label-text")).getText().equals("Labelled BOGUS."));
        picture("label");
        assertThat(stream.labels()).singleElement().satisfies(label -> {
            assertThat(label.getAlertId()).isEqualTo(id);
            assertThat(label.getTruth()).isEqualTo(Truth.BOGUS);
            assertThat(label.getLabeller()).isEqualTo("Ada");
        });
        requireNoComplaint();
    }

    private static WebElement active() {
        return browser.switchTo().activeElement();
    }

    @Test
    void standsStillWhilePaused() {
        open("");
        awaitStamps(10);
        browser.findElement(By.id("pause")).click();
        List<String> before = texts("[...document.querySelectorAll('.stamp')].map(e => e.dataset.id)");
        browser.executeAsyncScript("setTimeout(arguments[0], 2500)");
        assertThat(texts("[...document.querySelectorAll('.stamp')].map(e => e.dataset.id)"))
                .isEqualTo(before);
        browser.findElement(By.id("pause")).click();
        await(driver -> !texts("[...document.querySelectorAll('.stamp')].map(e => e.dataset.id)")
                .equals(before));
        requireNoComplaint();
    }

    @Test
    void goesOnByItselfWhenTheApplicationStartsAgain() {
        open("?verdict=REAL");
        awaitStamps(3);
        int port = stream.port();
        stream.close();
        await(driver -> driver.findElement(By.id("connection")).getText().startsWith("Disconnected"));
        stream = LiveStream.start(model, port);
        await(driver -> driver.findElement(By.id("connection")).getText().equals("Live"));
        String newest = texts("[...document.querySelectorAll('.stamp')].map(e => e.dataset.id)")
                .get(0);
        await(driver -> !texts("[...document.querySelectorAll('.stamp')].map(e => e.dataset.id)")
                .get(0)
                .equals(newest));
        assertThat(verdicts()).containsOnly("REAL");
    }
}
