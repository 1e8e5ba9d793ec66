package net.homeport.zone;

/** How the table of names reads a node's key: hashed on from the hash of the apex. */
record NodeKeys(long apexHash) implements HashTrie.Keys<byte[]> {
  @Override
  public long hash(byte[] node) {
    int end = 1 + PackedNode.keyLength(node);
    return hash(node, 1, end);
  }

  private long hash(byte[] node, int at, int end) {
    // From the apex down: the labels to the right first. Names are at most 127 labels deep.
    return at == end ? apexHash : NameKey.hashLabel(hash(node, at + 1 + node[at], end), node, at);
  }

  @Override
  public boolean matches(byte[] node, byte[] name, int from, int length) {
    return PackedNode.hasKey(node, name, from, length);
  }

  @Override
  public boolean sameKey(byte[] one, byte[] other) {
    return PackedNode.sameKey(one, other);
  }
}
