//===- MapIntrinsics.td - Values by key --------------------*- tablegen -*-===//

include "plumb/Intrinsic/ValueTypes.td"

def Map_Family : IntrinsicFamily {
  let name = "map";
  let module = "Map";
  let summary = "Values by key";
  let description = [{
    In the order in which keys were first put. A map that nobody else has is
    changed in place.
  }];
}
def Map_Dialect : IntrinsicDialect<Map_Family>;

class Map_Intrinsic<string mnemonic>
    : Intrinsic<Map_Family, Map_Dialect, mnemonic> {
  let since = "0.3";
  let aliases = ["map_" # mnemonic];
}
class Map_ByKey {
  list<Bound> bounds = [Bound<K, "Eq">, Bound<K, "Hash">];
}

def Map_Make : Map_Intrinsic<"make"> {
  let summary = "An empty map";
  let sourceName = "Map.new";
  let results = (outs MapOf<K, V>:$map);
  let aliases = ["map_new"];
  let operators = ["map"];
}

def Map_Put : Map_Intrinsic<"put">, Map_ByKey {
  let summary = "A map with a value for a key";
  let description = [{
    Instead of the value that the key had, if it had one: then the key stays at
    its place.
  }];
  let arguments = (ins Arg<Consumed<MapOf<K, V>>, "the map">:$map,
                       Arg<Consumed<K>, "the key">:$key,
                       Arg<Consumed<V>, "its value">:$value);
  let results = (outs MapOf<K, V>:$changed);
  let operators = ["map.put"];
}

def Map_Get : Map_Intrinsic<"get">, Map_ByKey, MayFail {
  let summary = "The value of a key";
  let description = [{
    For a key that is missing: 0, 0.0, false or (), if the values are of such a
    type. Otherwise the program fails and names the key; see `Map.fetch`.
  }];
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map, Arg<K, "the key">:$key);
  let results = (outs V:$value);
  let operators = ["[]"];
}

def Map_Fetch : Map_Intrinsic<"fetch">, Map_ByKey {
  let summary = "The value of a key, if it has one";
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map, Arg<K, "the key">:$key);
  let results = (outs Res<OptionOf<V>, "None when it has none">:$value);
}

def Map_HasKey : Map_Intrinsic<"has_key">, Map_ByKey {
  let summary = "Whether a key has a value";
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map, Arg<K, "the key">:$key);
  let results = (outs Bool:$found);
}

def Map_Delete : Map_Intrinsic<"remove">, Map_ByKey {
  let summary = "A map without a key";
  let sourceName = "Map.delete";
  let arguments = (ins Arg<Consumed<MapOf<K, V>>, "the map">:$map,
                       Arg<K, "the key, which need not be there">:$key);
  let results = (outs MapOf<K, V>:$changed);
  let aliases = ["map_delete"];
}

def Map_Size : Map_Intrinsic<"size"> {
  let summary = "How many keys a map has";
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map);
  let results = (outs Int:$size);
  let operators = ["for.length"];
}

def Map_Nth : Map_Intrinsic<"nth">, MayFail {
  let summary = "A key and its value, by the key's place";
  let description = "The program fails when there is none.";
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map,
                       Arg<Int, "the place, from 0">:$index);
  let results = (outs PairOf<K, V>:$entry);
  let operators = ["for.at"];
}

def Map_Keys : Map_Intrinsic<"keys"> {
  let summary = "The keys of a map, in order";
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map);
  let results = (outs ListOf<K>:$keys);
}

def Map_Values : Map_Intrinsic<"values"> {
  let summary = "The values of a map, in the order of their keys";
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map);
  let results = (outs ListOf<V>:$values);
}

def Map_Merge : Map_Intrinsic<"merge">, Map_ByKey {
  let summary = "The keys of two maps";
  let arguments = (ins Arg<Consumed<MapOf<K, V>>, "a map">:$left,
                       Arg<MapOf<K, V>, "another, whose values win">:$right);
  let results = (outs MapOf<K, V>:$merged);
}

def Map_ToList : Map_Intrinsic<"to_list"> {
  let summary = "A map as pairs of key and value, in order";
  let arguments = (ins Arg<MapOf<K, V>, "the map">:$map);
  let results = (outs ListOf<PairOf<K, V>>:$pairs);
}

def Map_FromList : Map_Intrinsic<"from_list">, Map_ByKey {
  let summary = "The map of pairs of key and value";
  let description = "Of several values of one key, the last one.";
  let arguments = (ins Arg<ListOf<PairOf<K, V>>, "the pairs">:$pairs);
  let results = (outs MapOf<K, V>:$map);
}

def Map_Collect : Map_Intrinsic<"collect">, Map_ByKey, MayFail {
  let summary = "The map of the pairs of key and value that a sequence gives";
  let arguments = (ins Arg<IterOf<PairOf<K, V>>, "the sequence">:$iter);
  let results = (outs MapOf<K, V>:$map);
}
