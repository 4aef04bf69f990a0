//===- Ledger.cpp - What was sent, and whether it arrived -----------------===//

#include "bench/loadgen/Ledger.h"

#include <charconv>
#include <cstdio>
#include <cstring>

using namespace plumb::bench;

Ledger::Ledger(unsigned connections, unsigned room, unsigned publishers,
               unsigned window, unsigned payloadSize)
    : connections(connections), room(room), publishers(publishers),
      window(window), payloadSize(payloadSize) {
  size_t publisherCount = size_t(connections / room) * publishers;
  books.resize(publisherCount);
  texts.resize(publisherCount * window * payloadSize);
  arrivals.resize(publisherCount * window);
  dues.resize(publisherCount * window);
  expected.resize(size_t(connections) * publishers);
  order.resize(connections);
}

bool Ledger::mayPublish(unsigned member) const {
  unsigned place = member % room;
  if (place >= publishers)
    return false;
  const Publisher &book = books[publisherOf(member, place)];
  return book.sent - book.complete < window;
}

/// "PP RRRRRRR NNNNNNNNNNNN" and a filling that depends on all of it.
void Ledger::write(char *text, unsigned publisher, uint64_t number) const {
  char head[64];
  int size =
      snprintf(head, sizeof head, "%02u %07u %012llu ", publisher % publishers,
               publisher / publishers, static_cast<unsigned long long>(number));
  memcpy(text, head, size_t(size));
  uint64_t state = number * 0x9e3779b97f4a7c15u + publisher;
  for (size_t i = size_t(size); i < payloadSize; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    text[i] = char('a' + (state >> 59) % 26);
  }
}

std::string_view Ledger::publish(unsigned member, double due) {
  unsigned publisher = publisherOf(member, member % room);
  Publisher &book = books[publisher];
  uint64_t number = book.sent++;
  ++flying;
  arrivals[slotOf(publisher, number)] = 0;
  dues[slotOf(publisher, number)] = due;
  char *text = slot(publisher, number);
  write(text, publisher, number);
  return {text, payloadSize};
}

Ledger::Complete Ledger::deliver(unsigned member, std::string_view message) {
  if (message.size() == payloadSize) {
    unsigned place =
        unsigned(message[0] - '0') * 10 + unsigned(message[1] - '0');
    if (place < publishers) {
      unsigned publisher = publisherOf(member, place);
      uint64_t number = expected[uint64_t(member) * publishers + place];
      if (number < books[publisher].sent &&
          !memcmp(slot(publisher, number), message.data(), payloadSize)) {
        ++right;
        return accept(member, place, number);
      }
    }
  }
  return explain(member, message);
}

/// One member more has message `number`.
Ledger::Complete Ledger::arrived(unsigned publisher, uint64_t number) {
  if (++arrivals[slotOf(publisher, number)] < room)
    return {};
  ++books[publisher].complete;
  --flying;
  return {memberOf(publisher), dues[slotOf(publisher, number)]};
}

/// Message `number` is the next that `member` expects, and it is here.
Ledger::Complete Ledger::accept(unsigned member, unsigned place,
                                uint64_t number) {
  unsigned publisher = publisherOf(member, place);
  expected[uint64_t(member) * publishers + place] = number + 1;
  order[member] =
      (order[member] ^ (uint64_t(place) << 56 ^ number)) * 0x100000001b3u;
  return arrived(publisher, number);
}

/// Leaves `number` where `digits` do not begin with one.
template <typename Number>
static void read(std::string_view digits, Number &number) {
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
}

/// `message` is not the next of any publisher: says why.
Ledger::Complete Ledger::explain(unsigned member, std::string_view message) {
  unsigned place = ~0u, itsRoom = 0;
  uint64_t number = 0;
  if (message.size() == payloadSize) {
    read(message.substr(0, 2), place);
    read(message.substr(3, 7), itsRoom);
    read(message.substr(11, 12), number);
  }
  if (place >= publishers || itsRoom != member / room) {
    ++faults.altered;
    return {};
  }
  unsigned publisher = publisherOf(member, place);
  std::vector<char> whole(payloadSize);
  write(whole.data(), publisher, number);
  if (number >= books[publisher].sent ||
      memcmp(whole.data(), message.data(), payloadSize) != 0) {
    ++faults.altered;
    return {};
  }
  uint64_t key = uint64_t(member) * publishers + place;
  uint64_t next = expected[key];
  if (number < next) {
    // Late, or again: only what was passed over can be late.
    if (!missing[key].erase(number)) {
      ++faults.doubled;
      return {};
    }
    ++faults.reordered;
    return arrived(publisher, number);
  }
  for (; next < number; ++next)
    missing[key].insert(next);
  return accept(member, place, number);
}

Faults Ledger::close() {
  for (unsigned member = 0; member < connections; ++member)
    for (unsigned place = 0; place < publishers; ++place)
      faults.lost += books[publisherOf(member, place)].sent -
                     expected[uint64_t(member) * publishers + place];
  for (const auto &[key, numbers] : missing)
    faults.lost += numbers.size();
  if (!faults.sum())
    for (unsigned first = 0; first < connections; first += room)
      for (unsigned member = first; member < first + room; ++member)
        if (order[member] != order[first]) {
          ++faults.disorderedRooms;
          break;
        }
  return faults;
}
