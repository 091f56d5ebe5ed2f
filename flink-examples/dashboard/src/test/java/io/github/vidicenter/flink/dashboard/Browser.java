package io.github.vidicenter.flink.dashboard;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A Chromium without a window, as Debian's packages {@code chromium} and its driver bring it. */
final class Browser implements AutoCloseable {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser");
    private static final List<String> DRIVERS = List.of("chromedriver");

    /** Warns of any Chromium that is newer than Selenium; what is used here all of them have. */
    private static final Logger LOG = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static boolean isInstalled() {
        return find(BROWSERS).isPresent() && find(DRIVERS).isPresent();
    }

    static Browser open() {
        LOG.setLevel(Level.SEVERE);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(find(DRIVERS).orElseThrow())
                        .usingAnyFreePort()
                        .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(find(BROWSERS).orElseThrow());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--no-proxy-server",
                "--force-color-profile=srgb",
                "--hide-scrollbars");
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1240, 900));
        return new Browser(driver);
    }

    /** Opens the page anew. */
    void show(URI page) {
        driver.get(page.toString());
    }

    private static Optional<File> find(List<String> names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> names.stream().map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    /** The text of the first element that fits, shown or not; null if there is none. */
    String text(String selector) {
        return (String) run("return document.querySelector(arguments[0])?.textContent", selector);
    }

    /** Null if there is no such element or attribute. */
    String attribute(String selector, String name) {
        return (String)
                run(
                        "return document.querySelector(arguments[0])?.getAttribute(arguments[1])",
                        selector,
                        name);
    }

    long count(String selector) {
        return (long) run("return document.querySelectorAll(arguments[0]).length", selector);
    }

    /** In one step, as the page changes all the time. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the page complained of. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Presses a key wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Id of the element that has the focus, or what it says where it has none. */
    String focus() {
        return (String)
                run("const e = document.activeElement; return e.id || e.textContent.trim()");
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        dark ? "dark" : "light"))));
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        pixels,
                        "height",
                        900,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        pixels < 600));
    }

    /** The whole page. */
    void screenshot(Path file) throws IOException {
        Object data =
                driver.executeCdpCommand(
                                "Page.captureScreenshot",
                                Map.of("format", "png", "captureBeyondViewport", true))
                        .get("data");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode((String) data));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
