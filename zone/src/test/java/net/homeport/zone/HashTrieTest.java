package net.homeport.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The persistent table against {@link HashMap} as its model, with good hashes and bad ones. */
final class HashTrieTest {
  private static final int EDITS = 12_000;
  private static final int KEYS = 2_500;

  record Entry(String key, int value) {}

  /** Hash functions, from what the zone uses to what an attacker would like. */
  enum Hashing implements HashTrie.Keys<Entry> {
    MIXED,
    /** Whole branches meet in one page, which can never be split. */
    THREE_VALUES,
    CONSTANT,
    /** All differ in the slot within a page only. */
    LOWEST_BITS,
    /** All differ in the first interior array only. */
    HIGHEST_BITS,
    /** The path is the same down to the last interior array. */
    LAST_INTERIOR;

    long hash(String key) {
      return switch (this) {
        case MIXED -> new SplittableRandom(key.hashCode()).nextLong();
        case THREE_VALUES -> key.hashCode() % 3;
        case CONSTANT -> 0x5555_5555_5555_5555L;
        case LOWEST_BITS -> key.hashCode() & 0xF;
        case HIGHEST_BITS -> (long) key.hashCode() << 58;
        case LAST_INTERIOR -> key.hashCode() & 0x3FF;
      };
    }

    @Override
    public long hash(Entry entry) {
      return hash(entry.key());
    }

    @Override
    public boolean matches(Entry entry, byte[] name, int from, int length) {
      return Arrays.equals(
          entry.key().getBytes(UTF_8), Arrays.copyOfRange(name, from, from + length));
    }

    @Override
    public boolean sameKey(Entry one, Entry other) {
      return one.key().equals(other.key());
    }

    @Nullable Entry get(HashTrie<Entry> table, String key) {
      byte[] name = (">" + key + "<").getBytes(UTF_8);
      return table.get(hash(key), name, 1, name.length - 2);
    }

    int keys() {
      return this == CONSTANT || this == THREE_VALUES || this == LOWEST_BITS ? KEYS / 10 : KEYS;
    }
  }

  private record Version(HashTrie<Entry> table, Map<String, Entry> model) {
    void check(Hashing hashing, String when) {
      assertThat(table.size()).as(when).isEqualTo(model.size());
      var all = new ArrayList<Entry>();
      table.forEach(all::add);
      assertThat(all).as(when).containsExactlyInAnyOrderElementsOf(model.values());
      for (int i = 0; i < hashing.keys(); i++) {
        String key = key(i);
        assertThat(hashing.get(table, key)).as("%s, key %s", when, key).isEqualTo(model.get(key));
      }
    }
  }

  private static String key(int number) {
    return "name-" + number;
  }

  @ParameterizedTest
  @EnumSource
  void putsReplacementsAndRemovalsAreThoseOfAMapAndOldVersionsStayAsTheyWere(Hashing hashing) {
    for (long seed = 1; seed <= 3; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Map<String, Entry> model = new HashMap<>();
      HashTrie<Entry> table = HashTrie.empty(hashing);
      List<Version> kept = new ArrayList<>();
      int edits = hashing.keys() == KEYS ? EDITS : EDITS / 6;
      for (int i = 0; i < edits; i++) {
        // Grows for a while, then shrinks, so that pages split, and arrays become empty again.
        boolean growing = i < edits * 2 / 3;
        var entry = new Entry(key(random.nextInt(hashing.keys())), i);
        if (random.nextInt(10) < (growing ? 7 : 1)) {
          table = table.with(entry);
          model.put(entry.key(), entry);
        } else {
          table = table.without(entry);
          model.remove(entry.key());
        }
        if (i % (edits / 8) == 0 || i == edits - 1) {
          kept.add(new Version(table, Map.copyOf(model)));
        }
      }
      for (int i = 0; i < kept.size(); i++) {
        kept.get(i).check(hashing, "seed %d, version %d".formatted(seed, i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBulkLoadGivesTheSameTableAsSinglePuts(Hashing hashing) {
    var builder = new HashTrie.Builder<>(hashing);
    Map<String, Entry> model = new HashMap<>();
    RandomGenerator random = new SplittableRandom(7);
    for (int i = 0; i < 3 * hashing.keys(); i++) {
      var entry = new Entry(key(random.nextInt(hashing.keys())), i);
      builder.put(entry);
      model.put(entry.key(), entry);
    }
    assertThat(builder.get(hashing.hash("absent"), "absent".getBytes(UTF_8), 0, 6)).isNull();
    new Version(builder.build(), model).check(hashing, "bulk load");
  }

  @ParameterizedTest
  @EnumSource
  void aTableMadeAllAtOnceIsTheSameAsOfSinglePuts(Hashing hashing) {
    for (int size : new int[] {0, 1, 96, 97, hashing.keys()}) {
      var load = new HashTrieLoad<>(hashing);
      Map<String, Entry> model = new HashMap<>();
      for (int i = 0; i < size; i++) {
        var entry = new Entry(key(i), i);
        load.add(hashing.hash(entry), entry);
        model.put(entry.key(), entry);
      }
      HashTrie.Builder<Entry> builder = load.build();
      new Version(builder.build(), model).check(hashing, size + " at once");
      for (int i = 0; i < hashing.keys(); i += 3) {
        var entry = new Entry(key(i), -i);
        builder.put(entry);
        model.put(entry.key(), entry);
      }
      new Version(builder.build(), model).check(hashing, size + " at once, then more");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsThereTwiceIsRefused(Hashing hashing) {
    var load = new HashTrieLoad<>(hashing);
    for (int i = 0; i < hashing.keys(); i++) {
      load.add(hashing.hash(key(i)), new Entry(key(i), 1));
    }
    load.add(hashing.hash(key(7)), new Entry(key(7), 2));
    assertThatThrownBy(load::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @ParameterizedTest
  @EnumSource
  void removingEverythingLeavesNothing(Hashing hashing) {
    HashTrie<Entry> table = HashTrie.empty(hashing);
    for (int i = 0; i < hashing.keys(); i++) {
      table = table.with(new Entry(key(i), i));
    }
    for (int i = hashing.keys() - 1; i >= 0; i--) {
      table = table.without(new Entry(key(i), -1));
    }
    new Version(table, Map.of()).check(hashing, "emptied");
  }

  @Test
  void removingWhatIsNotThereGivesTheSameTable() {
    HashTrie<Entry> table = HashTrie.empty(Hashing.MIXED);
    assertThat(table.without(new Entry("a", 1))).isSameAs(table);
    HashTrie<Entry> one = table.with(new Entry("a", 1));
    assertThat(one.without(new Entry("b", 1))).isSameAs(one);
  }
}
