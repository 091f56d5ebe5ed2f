package io.github.vidicenter.flink;

import static com.tngtech.archunit.base.DescribedPredicate.allElements;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/** The rules that keep the packages what their names say. */
@AnalyzeClasses(
        packages = "io.github.vidicenter.flink",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_NOTHING_OF_FLINK =
            noClasses()
                    .that()
                    .resideInAnyPackage("..flink.client..", "..flink.window..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule ONLY_THE_CLIENT_SPEAKS_HTTP =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..flink.client..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule PLANNING_DOES_NO_IO =
            noClasses()
                    .that()
                    .resideInAnyPackage("..flink.enumerator..", "..flink.quota..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.nio.file..", "java.net.http..", "org.apache.hc..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveSimpleName("HttpExportApi");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ON_EACH_OTHER_IN_ONE_DIRECTION =
            slices().matching("io.github.vidicenter.flink.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_TABLE_LAYER_IS_ON_TOP =
            classes()
                    .that()
                    .resideInAPackage("..flink.table..")
                    .should()
                    .onlyBeAccessed()
                    .byAnyPackage("..flink.table..", "..flink.catalog..");

    @ArchTest
    static final ArchRule NOTHING_STATIC_CHANGES_BUT_THE_ACCOUNTS =
            fields().that()
                    .areStatic()
                    .and()
                    .areDeclaredInClassesThat()
                    .doNotHaveSimpleName("AccountQuotas")
                    .should()
                    .beFinal()
                    .andShould()
                    .notHaveRawType(
                            JavaClass.Predicates.assignableTo(
                                    "java.util.concurrent.ConcurrentMap"));

    @ArchTest
    static final ArchRule TIME_IS_INJECTED =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(java.time.LocalDateTime.class, "now")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");

    /** What users compile against is annotated, and asks for nothing that is not. */
    @ArchTest
    static final ArchRule THE_PUBLIC_API_IS_CLOSED =
            codeUnits()
                    .that()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(PublicEvolving.class)
                    .and()
                    .arePublic()
                    .and()
                    .areNotAnnotatedWith(Internal.class)
                    .should()
                    .haveRawReturnType(usableByUsers())
                    .andShould()
                    .haveRawParameterTypes(allElements(usableByUsers()));

    private static DescribedPredicate<JavaClass> usableByUsers() {
        return DescribedPredicate.describe(
                "part of the public API, or not of this project",
                type ->
                        !type.getBaseComponentType()
                                        .getPackageName()
                                        .startsWith("io.github.vidicenter")
                                || type.isAnnotatedWith(PublicEvolving.class));
    }
}
