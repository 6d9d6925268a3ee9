//! Real sockets, pipes and files against the poller.

use super::super::stack::tests::in_child;
use super::*;
use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;

use rustix::net::{RecvFlags, SendFlags};

const SOON: Option<Duration> = Some(Duration::from_secs(10));
const NOW: Option<Duration> = Some(Duration::ZERO);
const READER: u64 = 11;
const WRITER: u64 = 22;

fn tcp_pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (server, _) = listener.accept().unwrap();
    client.set_nodelay(true).unwrap();
    server.set_nonblocking(true).unwrap();
    (client, server)
}

/// A poller with one descriptor, and what a socket layer does with it.
struct Fixture {
    poller: Poller,
    key: FdKey,
    wakes: Vec<Wake>,
}

impl Fixture {
    fn new(fd: &impl AsRawFd, kind: FdKind) -> Fixture {
        let mut poller = Poller::new().unwrap();
        let mut wakes = Vec::new();
        let key = poller.open(fd.as_raw_fd(), kind, &mut wakes).unwrap();
        Fixture { poller, key, wakes }
    }

    fn poll(&mut self, timeout: Option<Duration>) -> Vec<Wake> {
        self.poller.poll(timeout, &mut self.wakes).unwrap();
        std::mem::take(&mut self.wakes)
    }

    fn wait(&mut self, direction: Direction, waiter: u64) -> Wait {
        self.poller.wait(self.key, direction, waiter).unwrap()
    }

    /// Parks as after a first read that found nothing, so that later data comes with an edge.
    fn park_reader(&mut self) {
        self.poller.note_would_block(self.key, Direction::Read);
        assert_eq!(self.wait(Direction::Read, READER), Wait::Parked);
        // Takes the report that it is writable now.
        assert_eq!(self.poll(Some(Duration::ZERO)), []);
    }

    /// One `read` of the socket layer: parks as often as needed. `None` if nobody wakes it.
    fn read(&mut self, source: &mut impl Read, buffer: &mut [u8]) -> Option<usize> {
        loop {
            if self.poller.is_ready(self.key, Direction::Read) {
                match source.read(buffer) {
                    Ok(n) => {
                        if 0 < n && n < buffer.len() {
                            self.poller.note_short_read(self.key);
                        }
                        return Some(n);
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        self.poller.note_would_block(self.key, Direction::Read);
                    }
                    Err(error) => panic!("{error}"),
                }
            }
            if self.wait(Direction::Read, READER) == Wait::Parked && self.poll(Some(Duration::from_millis(300))) != [ready(READER)] {
                self.poller.cancel(self.key, Direction::Read, READER);
                return None;
            }
        }
    }

    fn read_all(&mut self, source: &mut impl Read) -> Option<Vec<u8>> {
        let (mut all, mut buffer) = (Vec::new(), [0; 100]);
        loop {
            match self.read(source, &mut buffer)? {
                0 => return Some(all),
                n => all.extend_from_slice(&buffer[..n]),
            }
        }
    }
}

fn ready(waiter: u64) -> Wake {
    let outcome = Outcome::Ready;
    Wake { waiter, outcome }
}

fn closed(waiter: u64) -> Wake {
    let outcome = Outcome::Closed;
    Wake { waiter, outcome }
}

#[test]
fn data_and_end_in_one_edge() {
    let (mut client, mut server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    fixture.park_reader();
    client.write_all(b"last words").unwrap();
    drop(client);
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(fixture.poll(SOON), [ready(READER)]);
    assert!(fixture.poller.is_hung_up(fixture.key));
    assert_eq!(fixture.read_all(&mut server).unwrap(), b"last words");
}

#[test]
fn a_short_read_saves_a_try_and_misses_nothing() {
    let (mut client, mut server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    let mut buffer = [0; 100];
    for round in 0..50u8 {
        client.write_all(&[round; 3]).unwrap();
        assert_eq!(fixture.read(&mut server, &mut buffer), Some(3));
        assert!(!fixture.poller.is_ready(fixture.key, Direction::Read));
        // More comes after the read, before and after the wait.
        client.write_all(&[round; 2]).unwrap();
        if round % 2 == 0 {
            fixture.poll(Some(Duration::from_millis(1)));
        }
        assert_eq!(fixture.read(&mut server, &mut buffer), Some(2));
    }
    drop(client);
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(0));
}

#[test]
fn a_full_read_is_tried_again() {
    let (mut client, mut server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    client.write_all(&[1; 150]).unwrap();
    let mut buffer = [0; 100];
    fixture.wait(Direction::Read, READER);
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(100));
    assert!(fixture.poller.is_ready(fixture.key, Direction::Read));
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(50));
}

#[test]
fn an_urgent_byte_does_not_hide_what_follows() {
    let (mut client, mut server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    fixture.park_reader();
    client.write_all(b"before").unwrap();
    rustix::net::send(&client, b"!", SendFlags::OOB).unwrap();
    client.write_all(b"after").unwrap();
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(fixture.poll(SOON), [ready(READER)]);
    let mut buffer = [0; 100];
    // The kernel stops at the mark: a short read with more to come.
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(6));
    let mut urgent = [0; 1];
    rustix::net::recv(&server, &mut urgent, RecvFlags::OOB).unwrap();
    assert_eq!(&urgent, b"!");
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(5));
    assert_eq!(&buffer[..5], b"after");
    client.write_all(b"end").unwrap();
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(3));
}

#[test]
fn two_datagrams() {
    let (one, mut two) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
    two.set_nonblocking(true).unwrap();
    one.connect(two.local_addr().unwrap()).unwrap();
    struct Receive<'a>(&'a mut UdpSocket);
    impl Read for Receive<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.recv(buffer)
        }
    }
    let mut fixture = Fixture::new(&two, FdKind::Other);
    fixture.park_reader();
    one.send(b"first").unwrap();
    one.send(b"second").unwrap();
    assert_eq!(fixture.poll(SOON), [ready(READER)]);
    let mut buffer = [0; 100];
    let mut receive = Receive(&mut two);
    assert_eq!(fixture.read(&mut receive, &mut buffer), Some(5));
    assert_eq!(fixture.read(&mut receive, &mut buffer), Some(6));
    assert_eq!(fixture.read(&mut receive, &mut buffer), None);
}

#[test]
fn a_unix_socket_with_a_passed_descriptor() {
    use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, sendmsg};
    use std::mem::MaybeUninit;
    use std::os::fd::AsFd;

    let (mut client, mut server) = UnixStream::pair().unwrap();
    server.set_nonblocking(true).unwrap();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    let stdout = io::stdout();
    let passed = [stdout.as_fd()];
    assert!(control.push(SendAncillaryMessage::ScmRights(&passed)));
    let data = [io::IoSlice::new(b"abc")];
    let mut fixture = Fixture::new(&server, FdKind::Other);
    fixture.park_reader();
    sendmsg(&client, &data, &mut control, SendFlags::empty()).unwrap();
    client.write_all(b"de").unwrap();
    assert_eq!(fixture.poll(SOON), [ready(READER)]);
    // The first read is short although more is there: no short-read rule here.
    let mut buffer = [0; 100];
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(3));
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(2));
}

#[test]
fn a_write_waits_for_room() {
    let (mut client, mut server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    let block = vec![7; 1 << 20];
    let mut sent = 0;
    while let Ok(n) = server.write(&block) {
        sent += n;
    }
    fixture.poller.note_would_block(fixture.key, Direction::Write);
    assert_eq!(fixture.wait(Direction::Write, WRITER), Wait::Parked);
    assert_eq!(fixture.poll(Some(Duration::from_millis(20))), []);
    let mut received = vec![0; sent];
    client.read_exact(&mut received).unwrap();
    assert_eq!(fixture.poll(SOON), [ready(WRITER)]);
    assert!(fixture.poller.is_ready(fixture.key, Direction::Write));
}

#[test]
fn a_reset_wakes_both() {
    let (client, server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    for direction in [Direction::Read, Direction::Write] {
        fixture.poller.note_would_block(fixture.key, direction);
    }
    fixture.wait(Direction::Read, READER);
    assert_eq!(fixture.poll(NOW), []);
    fixture.poller.note_would_block(fixture.key, Direction::Write);
    fixture.wait(Direction::Write, WRITER);
    assert_eq!(fixture.poller.waiting(), 2);
    rustix::net::sockopt::set_socket_linger(&client, Some(Duration::ZERO)).unwrap();
    drop(client);
    assert_eq!(fixture.poll(SOON), [ready(READER), ready(WRITER)]);
    assert_eq!(fixture.poller.waiting(), 0);
    assert!(fixture.poller.is_hung_up(fixture.key));
}

#[test]
fn closing_wakes_and_reuse_is_not_confused() {
    let (mut client, server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    let old = fixture.key;
    fixture.poller.note_would_block(old, Direction::Read);
    fixture.wait(Direction::Read, READER);
    assert!(matches!(fixture.poller.wait(old, Direction::Read, WRITER), Err(WaitError::Busy)));
    client.write_all(b"x").unwrap();
    let mut wakes = Vec::new();
    fixture.poller.close(old, &mut wakes);
    assert_eq!(wakes, [closed(READER)]);
    assert!(matches!(fixture.poller.wait(old, Direction::Read, READER), Err(WaitError::Closed)));
    assert!(!fixture.poller.is_ready(old, Direction::Read));
    // The same number again, without and with a close in between.
    let new = fixture.poller.open(old.fd(), FdKind::Other, &mut wakes).unwrap();
    assert_ne!(new, old);
    fixture.poller.note_would_block(new, Direction::Read);
    fixture.poller.wait(new, Direction::Read, 5).unwrap();
    fixture.poller.close(old, &mut wakes);
    assert_eq!(fixture.poller.waiting(), 1);
    wakes.clear();
    let newer = fixture.poller.open(old.fd(), FdKind::Other, &mut wakes).unwrap();
    assert_eq!(wakes, [closed(5)]);
    // It is still in the kernel's list under the old token: taken over, not refused.
    fixture.poller.note_would_block(newer, Direction::Read);
    fixture.poller.wait(newer, Direction::Read, 6).unwrap();
    assert_eq!(fixture.poll(SOON), [ready(6)]);
    assert!(fixture.poller.open(-1, FdKind::Other, &mut wakes).is_err());
}

#[test]
fn events_of_a_closed_duplicate_are_ignored() {
    let (mut client, server) = tcp_pair();
    let duplicate = server.try_clone().unwrap();
    let fd = server.as_raw_fd();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    fixture.poller.note_would_block(fixture.key, Direction::Read);
    fixture.wait(Direction::Read, READER);
    fixture.poll(NOW);
    // Closed behind our back; the duplicate keeps the kernel's entry alive.
    drop(server);
    client.write_all(b"x").unwrap();
    let (_other, reuse) = UnixStream::pair().unwrap();
    // Some number gets reused; pretend it is that one if the kernel chose another.
    let key = fixture.poller.open(fd, FdKind::Other, &mut fixture.wakes).unwrap();
    assert_eq!(std::mem::take(&mut fixture.wakes), [closed(READER)]);
    fixture.poller.note_would_block(key, Direction::Read);
    assert_eq!(fixture.poll(Some(Duration::from_millis(50))), []);
    assert!(!fixture.poller.is_ready(key, Direction::Read));
    drop((duplicate, reuse));
}

#[test]
fn regular_files_are_always_ready() {
    for path in ["/proc/self/exe", "/dev/null"] {
        let file = File::open(path).unwrap();
        for kind in [FdKind::Other, FdKind::Inherited] {
            let mut fixture = Fixture::new(&file, kind);
            fixture.poller.note_would_block(fixture.key, Direction::Read);
            assert_eq!(fixture.wait(Direction::Read, READER), Wait::Ready);
            assert!(fixture.poller.is_ready(fixture.key, Direction::Read));
            assert_eq!(fixture.poller.waiting(), 0);
        }
    }
}

#[test]
fn inherited_descriptors_are_asked_before_each_read() {
    // A blocking pipe: a read without data would hang the test.
    let (mut reader, mut writer) = io::pipe().unwrap();
    let mut fixture = Fixture::new(&reader, FdKind::Inherited);
    let mut buffer = [0; 4];
    assert!(!fixture.poller.is_ready(fixture.key, Direction::Read));
    writer.write_all(b"two lines").unwrap();
    for length in [4, 4, 1] {
        assert_eq!(fixture.wait(Direction::Read, READER), Wait::Parked);
        assert_eq!(fixture.poll(SOON), [ready(READER)]);
        assert_eq!(reader.read(&mut buffer).unwrap(), length);
    }
    assert_eq!(fixture.wait(Direction::Read, READER), Wait::Parked);
    assert_eq!(fixture.poll(Some(Duration::from_millis(20))), []);
    drop(writer);
    assert_eq!(fixture.poll(SOON), [ready(READER)]);
    assert_eq!(reader.read(&mut buffer).unwrap(), 0);
    let flags = rustix::fs::fcntl_getfl(&reader).unwrap();
    assert!(!flags.contains(rustix::fs::OFlags::NONBLOCK));
}

#[test]
fn a_cancelled_wait_is_over() {
    let (mut client, server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    fixture.poller.note_would_block(fixture.key, Direction::Read);
    fixture.wait(Direction::Read, READER);
    assert_eq!(fixture.poller.waiters().collect::<Vec<_>>(), [READER]);
    assert!(!fixture.poller.cancel(fixture.key, Direction::Read, 99));
    assert!(fixture.poller.cancel(fixture.key, Direction::Read, READER));
    assert!(!fixture.poller.cancel(fixture.key, Direction::Read, READER));
    client.write_all(b"x").unwrap();
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(fixture.poll(NOW), []);
    assert_eq!(fixture.wait(Direction::Read, READER), Wait::Ready);
}

#[test]
fn other_threads_end_a_poll() {
    let mut poller = Poller::new().unwrap();
    let (sender, receiver) = std::sync::mpsc::channel();
    let mut received = 0;
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let (sender, wake) = (sender.clone(), poller.wake_handle());
            scope.spawn(move || {
                for number in 0..5_000 {
                    sender.send(number).unwrap();
                    wake.wake();
                }
            });
        }
        let start = Instant::now();
        while received < 20_000 {
            let polled = poller.poll(SOON, &mut Vec::new()).unwrap();
            assert!(start.elapsed() < SOON.unwrap(), "a wake was lost");
            if polled.is_woken {
                received += receiver.try_iter().count();
            }
        }
    });
    let handle = poller.wake_handle();
    handle.wake();
    assert!(poller.take_woken());
    assert!(!poller.take_woken());
}

#[test]
fn timeouts_are_kept_to_the_microsecond_class() {
    let mut poller = Poller::new().unwrap();
    for micros in [100, 700, 1_300, 2_500] {
        let timeout = Duration::from_micros(micros);
        let mut taken: Vec<Duration> = (0..21)
            .map(|_| {
                let start = Instant::now();
                poller.poll(Some(timeout), &mut Vec::new()).unwrap();
                start.elapsed()
            })
            .collect();
        taken.sort_unstable();
        // Never early; and how late depends on the machine: only the best is looked at.
        assert!(taken[0] >= timeout);
        assert!(taken[0] < timeout + Duration::from_micros(800), "{taken:?}");
    }
}

#[test]
fn a_forked_child_gets_its_own() {
    let (mut client, mut server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    fixture.poller.note_would_block(fixture.key, Direction::Read);
    fixture.wait(Direction::Read, READER);
    // What the child does after a fork, without one: the old object goes, all else stays.
    fixture.poller.reset_after_fork(&mut fixture.wakes).unwrap();
    client.write_all(b"x").unwrap();
    assert_eq!(fixture.poll(SOON), [ready(READER)]);
    let mut buffer = [0; 10];
    assert_eq!(fixture.read(&mut server, &mut buffer), Some(1));
    fixture.poller.wake_handle().wake();
    let polled = fixture.poller.poll(SOON, &mut fixture.wakes).unwrap();
    assert!(polled.is_woken);
    // A descriptor that is closed by then; a high number, which no other test gets.
    let high = rustix::io::fcntl_dupfd_cloexec(&server, 900).unwrap();
    let mut fixture = Fixture::new(&high, FdKind::TcpStream);
    fixture.poller.note_would_block(fixture.key, Direction::Read);
    fixture.wait(Direction::Read, READER);
    drop((server, high));
    fixture.poller.reset_after_fork(&mut fixture.wakes).unwrap();
    assert_eq!(fixture.wakes, [closed(READER)]);
}

#[test]
fn what_the_child_closes_stays_open_in_the_parent() {
    let (mut client, server) = tcp_pair();
    let mut fixture = Fixture::new(&server, FdKind::TcpStream);
    fixture.park_reader();
    let status = in_child(|| {
        let mut wakes = Vec::new();
        fixture.poller.reset_after_fork(&mut wakes).unwrap();
        fixture.poller.close(fixture.key, &mut wakes);
        (wakes == [closed(READER)]).into()
    });
    assert_eq!(status, 1 << 8);
    client.write_all(b"x").unwrap();
    assert_eq!(fixture.poll(SOON), [ready(READER)]);
}
