package net.homeport.walls;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import net.homeport.zone.ZoneSnapshot;
import net.homeport.zone.writer.ZoneWriter;
import org.junit.jupiter.api.Test;

/**
 * Which room may know which, and what may not enter a room. ARCHITECTURE.md draws the same picture.
 */
final class WallsTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("net.homeport");

  private static final String[] SQL = {"java.sql..", "javax.sql..", "org.sqlite.."};
  private static final String[] HTTP = {
    "org.eclipse.jetty..", "java.net.http..", "com.sun.net.httpserver.."
  };

  @Test
  void aRoomImportsOnlyRoomsAboveIt() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("net.homeport..")
        .layer("zone")
        .definedBy("net.homeport.zone..")
        .layer("nameserver")
        .definedBy("net.homeport.nameserver..")
        .layer("registry")
        .definedBy("net.homeport.registry..")
        .layer("store")
        .definedBy("net.homeport.store..")
        .layer("web")
        .definedBy("net.homeport.web..")
        .layer("agent")
        .definedBy("net.homeport.agent..")
        .layer("app")
        .definedBy("net.homeport.app..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("agent")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("nameserver")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("registry")
        .mayOnlyBeAccessedByLayers("store", "web", "app")
        .whereLayer("zone")
        .mayOnlyBeAccessedByLayers("nameserver", "registry", "store", "web", "app")
        .because(
            "a request crosses each wall once down and once up; a stranger reads the house top down")
        .check(HOUSE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("net.homeport.(**)")
        .should()
        .beFreeOfCycles()
        .because("two packages that know each other are one package with two names")
        .check(HOUSE);
  }

  /** Invariant 1: answering a query touches no database, no HTTP, no lock held across I/O. */
  @Test
  void queriesTouchNoDatabaseAndNoHttp() {
    noClasses()
        .that()
        .resideInAnyPackage("net.homeport.zone..", "net.homeport.nameserver..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(SQL).or(resideInAnyPackage(HTTP)))
        .because("a DNS query never waits for a database or for HTTP (invariant 1)")
        .check(HOUSE);
  }

  @Test
  void lookUpTakesNoLock() {
    noClasses()
        .that()
        .resideInAPackage("net.homeport.zone")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.util.concurrent.locks..", "java.util.concurrent"))
        .because(
            "readers share an immutable snapshot; whoever needs a lock here has made it mutable")
        .check(HOUSE);
  }

  @Test
  void zoneIsPure() {
    noClasses()
        .that()
        .resideInAPackage("net.homeport.zone..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.channels..", "java.nio.file..", "org.slf4j.."))
        .because(
            "what we are authoritative for is data and functions; disks and sockets come in by ports")
        .check(HOUSE);
  }

  /** Invariant 2: only the zone writer publishes a snapshot. */
  @Test
  void onlyTheWriterPublishesASnapshot() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ZoneWriter.class.getName())
        .and()
        // What a batch has changed so far; the writer alone makes one, and publishes what comes of
        // it.
        .doNotHaveFullyQualifiedName("net.homeport.zone.writer.PendingCommit")
        .and()
        // These make a snapshot: the change itself, and the store that loads one at the start.
        .resideOutsideOfPackages("net.homeport.zone.update..", "net.homeport.store..")
        .should()
        .callMethod(ZoneSnapshot.class, "with", net.homeport.zone.Zone.class)
        .orShould()
        .callMethod(ZoneSnapshot.class, "without", org.xbill.DNS.Name.class)
        .because("durable, visible, acknowledged, in that order: one class keeps it (invariant 2)")
        .check(HOUSE);
  }

  @Test
  void sqlStaysInTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage("net.homeport.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SQL)
        .because("another store must be able to stand behind the same ports")
        .check(HOUSE);
  }

  @Test
  void frontDoorsParseAndNeverDecide() {
    noClasses()
        .that()
        .resideInAPackage("net.homeport.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.homeport.zone.writer..")
        .because("a front door asks the registry; it does not write zones itself")
        .check(HOUSE);
  }

  /** Invariant 6: time and randomness come in through parameters. */
  @Test
  void timeAndChanceComeInThroughParameters() {
    noClasses()
        .that()
        .resideOutsideOfPackages("net.homeport.app..", "net.homeport.agent")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .callConstructor(SecureRandom.class)
        .orShould()
        .callConstructor(Random.class)
        .because(
            "only the mains of app and agent make clocks and chance, so that tests can (invariant 6)")
        .check(HOUSE);
  }

  @Test
  void namesSayWhatAClassIs() {
    classes()
        .should()
        .haveSimpleNameNotEndingWith("Manager")
        .andShould()
        .haveSimpleNameNotEndingWith("Util")
        .andShould()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .andShould()
        .haveSimpleNameNotEndingWith("Service")
        .andShould()
        .haveSimpleNameNotEndingWith("Impl")
        .because("such a name attracts everything; find the narrower noun")
        .check(HOUSE);
  }

  @Test
  void onlyTheMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("net.homeport.app.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .because("a class that ends the process cannot be tested, nor closed in order")
        .check(HOUSE);
  }
}
