//===- Ledger.h - What was sent, and whether it arrived ---------*- C++ -*-===//
//
// The load generator's books. Every message says who published it and its
// number; the ledger holds every member to exactly these messages, in order,
// byte for byte, and all members of a room to one order.
//
// A message is in flight until every member of its room has it; a publisher
// has at most `window` of them. One thread.
//
//===----------------------------------------------------------------------===//
#ifndef PLUMB_BENCH_LOADGEN_LEDGER_H
#define PLUMB_BENCH_LOADGEN_LEDGER_H

#include <cstdint>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace plumb::bench {

/// Deliveries that were not as they should be.
struct Faults {
  uint64_t lost = 0;      // never came
  uint64_t doubled = 0;   // came again
  uint64_t reordered = 0; // came after a later one of the same publisher
  uint64_t altered = 0;   // other bytes than were sent, or to another room
  uint64_t disorderedRooms = 0; // members saw different orders
  uint64_t sum() const {
    return lost + doubled + reordered + altered + disorderedRooms;
  }
};

class Ledger {
public:
  /// `connections` members in rooms of `room` each; the first `publishers` of a
  /// room publish. Member m is in room m / room.
  Ledger(unsigned connections, unsigned room, unsigned publishers,
         unsigned window, unsigned payloadSize);

  /// True when `member` may publish and has less than `window` in flight.
  bool mayPublish(unsigned member) const;
  /// The next message of `member`, which may publish; `due` is for the caller.
  /// The bytes stay as they are until the message is no longer in flight.
  std::string_view publish(unsigned member, double due);

  static constexpr unsigned noMember = ~0u;
  /// The message that an arrival has completed.
  struct Complete {
    unsigned member = noMember; // whose it is; noMember: none is complete
    double due = 0;             // what `publish` was given
  };
  /// Books the arrival of `message` at `member`.
  Complete deliver(unsigned member, std::string_view message);

  /// Arrivals that were right.
  uint64_t deliveries() const { return right; }
  /// Messages still in flight, of all publishers.
  uint64_t inFlight() const { return flying; }
  /// True once something is known to be wrong, or missing.
  bool anyFault() const { return faults.sum() != 0 || !missing.empty(); }

  /// The faults of the whole run. Call when nothing will arrive any more: what
  /// has not come by now is lost.
  Faults close();

private:
  struct Publisher {
    uint64_t sent = 0;
    uint64_t complete = 0;
  };

  uint64_t slotOf(unsigned publisher, uint64_t number) const {
    return uint64_t(publisher) * window + number % window;
  }
  unsigned publisherOf(unsigned member, unsigned place) const {
    return member / room * publishers + place;
  }
  unsigned memberOf(unsigned publisher) const {
    return publisher / publishers * room + publisher % publishers;
  }
  char *slot(unsigned publisher, uint64_t number) {
    return texts.data() + slotOf(publisher, number) * payloadSize;
  }
  void write(char *text, unsigned publisher, uint64_t number) const;
  Complete arrived(unsigned publisher, uint64_t number);
  Complete accept(unsigned member, unsigned place, uint64_t number);
  Complete explain(unsigned member, std::string_view message);

  const unsigned connections, room, publishers, window, payloadSize;
  uint64_t right = 0, flying = 0;
  Faults faults;
  std::vector<Publisher> books;   // by publisher
  std::vector<char> texts;        // by publisher and number % window
  std::vector<unsigned> arrivals; // the same: members that have it
  std::vector<double> dues;       // the same
  std::vector<uint64_t> expected; // by member and place of the publisher
  std::vector<uint64_t> order;    // by member: a hash of what it saw
  std::unordered_map<uint64_t, std::set<uint64_t>> missing; // as `expected`
};

} // namespace plumb::bench

#endif // PLUMB_BENCH_LOADGEN_LEDGER_H
