package org.lemmalab.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;

/**
 * Opens the report of the last run in Chromium, as a reader would: from the file system. Screenshots go to {@code target/screenshots}.
 *
 * <p>Chromium and its driver come from the system; {@code lemmalab.chromedriver} names the driver when it is elsewhere.
 */
class ReportBrowserTest {
    private static final Path REPORT = Path.of("reports").toAbsolutePath();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Pattern REQUEST = Pattern.compile("\"url\":\"([a-z]+):");

    private static ChromeDriver browser;

    @BeforeAll
    static void open() throws IOException {
        assertThat(REPORT.resolve("index.html"))
                .as("mvn verify writes the report that is opened")
                .exists();
        Files.createDirectories(SCREENSHOTS);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getProperty("lemmalab.chromium", "/usr/bin/chromium"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(System.getProperty("lemmalab.chromedriver", "/usr/bin/chromedriver"))
                        .toFile())
                .build();
        browser = new ChromeDriver(service, options);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    static Stream<String> pages() {
        return Stream.of("index", "figures", "errata", "power", "tightness", "run", "changes");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageOpensCleanly(String page) throws IOException {
        visit(page + ".html");
        assertThat(browser.findElement(By.cssSelector("nav a[aria-current=page]"))
                        .getAttribute("href"))
                .endsWith(page + ".html");
        screenshot(page);
    }

    @Test
    void everyClaimOpensAndItsMathematicsIsTypeset() throws IOException {
        List<String> claims;
        try (Stream<Path> files = Files.list(REPORT.resolve("claims"))) {
            claims = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(claims).isNotEmpty();
        for (String claim : claims) {
            visit("claims/" + claim);
            assertThat(browser.findElements(By.cssSelector(".tex:not(:has(.katex))")))
                    .as(claim)
                    .isEmpty();
            assertThat(browser.findElements(By.cssSelector(".katex-error")))
                    .as(claim)
                    .isEmpty();
            assertThat(brokenPictures()).as(claim).isEmpty();
        }
        screenshot("claim");
    }

    @Test
    void searchAndFiltersNarrowTheTable() throws IOException {
        visit("index.html");
        int all = shownRows().size();
        WebElement first = shownRows().get(0).findElement(By.cssSelector("td.id"));
        String id = first.getText();
        WebElement search = browser.findElement(By.id("search"));
        search.sendKeys(id);
        assertThat(shownRows()).isNotEmpty().allMatch(row -> row.getText().contains(id));
        assertThat(browser.findElement(By.id("shown")).getText()).contains("claim");
        screenshot("search");
        search.clear();
        search.sendKeys("zzz no such claim");
        assertThat(shownRows()).isEmpty();
        visit("index.html");
        Select kinds = new Select(browser.findElement(By.id("kind")));
        kinds.selectByIndex(1);
        String kind = kinds.getFirstSelectedOption().getText();
        assertThat(shownRows()).isNotEmpty().allMatch(row -> kind.equals(row.getAttribute("data-kind")));
        kinds.selectByIndex(0);
        assertThat(shownRows()).hasSize(all);
        browser.findElement(By.id("errata")).click();
        assertThat(shownRows()).allMatch(row -> row.getText().contains("erratum"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 6, 7})
    void columnsSortBothWays(int column) {
        visit("index.html");
        WebElement button =
                browser.findElements(By.cssSelector("#claims th button")).get(column);
        button.click();
        List<Double> ascending = values(column);
        assertThat(ascending).isSorted();
        button.click();
        assertThat(values(column))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .hasSameSizeAs(ascending);
    }

    @Test
    void keyboardReachesSearchTableAndClaims() {
        visit("index.html");
        Object focusable = ((JavascriptExecutor) browser)
                .executeScript("return [...document.querySelectorAll('a, button, input, select')]"
                        + ".filter(e => e.tabIndex < 0 || e.getAttribute('tabindex') === '-1').length");
        assertThat(focusable).isEqualTo(0L);
        WebElement search = browser.findElement(By.id("search"));
        search.sendKeys("A");
        assertThat(browser.switchTo().activeElement()).isEqualTo(search);
    }

    @Test
    void darkNarrowAndPrintedPagesAreThereToLookAt() throws IOException {
        String claim = "claims/"
                + shownIds().stream().findFirst().orElseThrow(() -> new AssertionError("the report has no claims"))
                + ".html";
        for (String scheme : List.of("light", "dark")) {
            emulate(Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            visit("index.html");
            screenshot("index-" + scheme);
            visit(claim);
            screenshot("claim-" + scheme);
        }
        emulate(Map.of("media", "print"));
        screenshot("claim-print");
        emulate(Map.of("media", "", "features", List.of()));
        browser.manage().window().setSize(new Dimension(500, 900));
        visit("index.html");
        screenshot("index-narrow");
        browser.manage().window().setSize(new Dimension(1280, 1000));
    }

    /** Opens a page and asserts that nothing was logged and nothing asked for outside the file system. */
    private static void visit(String page) {
        browser.get(REPORT.resolve(page).toUri().toString());
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .as(page)
                .isEmpty();
        List<String> schemes = new ArrayList<>();
        browser.manage().logs().get(LogType.PERFORMANCE).forEach(entry -> {
            if (entry.getMessage().contains("Network.requestWillBeSent\"")) {
                Matcher url = REQUEST.matcher(entry.getMessage());
                while (url.find()) {
                    schemes.add(url.group(1));
                }
            }
        });
        assertThat(schemes)
                .as(page)
                .isNotEmpty()
                .allMatch(scheme -> List.of("file", "data").contains(scheme));
    }

    private static List<WebElement> shownRows() {
        return browser.findElements(By.cssSelector("#claims tbody tr:not([hidden])"));
    }

    private static List<String> shownIds() {
        visit("index.html");
        return shownRows().stream()
                .map(row -> row.findElement(By.cssSelector("td.id")).getText())
                .toList();
    }

    /** The numbers of a column that are there, from the top. */
    private static List<Double> values(int column) {
        return browser.findElements(By.cssSelector("#claims tbody td:nth-child(" + (column + 1) + ")")).stream()
                .map(cell -> cell.getAttribute("data-value"))
                .filter(value -> value != null && !value.isEmpty())
                .map(Double::valueOf)
                .toList();
    }

    private static List<WebElement> brokenPictures() {
        return browser.findElements(By.cssSelector("img")).stream()
                .peek(image -> ((JavascriptExecutor) browser).executeScript("arguments[0].loading = 'eager'", image))
                .filter(image -> !Boolean.TRUE.equals(((JavascriptExecutor) browser)
                        .executeAsyncScript(
                                "const done = arguments[1]; arguments[0].decode()"
                                        + ".then(() => done(true), () => done(false))",
                                image)))
                .toList();
    }

    private static void emulate(Map<String, Object> media) {
        ((ChromiumDriver) browser).executeCdpCommand("Emulation.setEmulatedMedia", media);
    }

    private static void screenshot(String name) throws IOException {
        Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
