use std::ffi::c_void;

pub struct Zone {
    offset: i64,
}
#[repr(C)]
pub struct Date {
    year: i32,
    month: u8,
    fraction: f64,
}
#[repr(transparent)]
pub struct Token(u64);
#[repr(C)]
pub enum Day {
    Monday,
    Sunday = 6,
}
type OnTick = extern "C" fn(now: i64, last: bool, user: *mut c_void) -> bool;

#[no_mangle]
pub extern "C" fn rs_open(name: *const u8, name_len: usize) -> *mut Zone {
    Box::into_raw(Box::new(Zone { offset: unsafe { *name as i64 } + name_len as i64 }))
}
#[no_mangle]
pub extern "C" fn rs_close(zone: Option<Box<Zone>>) {
    drop(zone)
}
#[no_mangle]
pub extern "C" fn rs_offset(zone: &Zone) -> i64 {
    zone.offset
}
#[no_mangle]
pub extern "C" fn rs_weekday(date: Date, token: Token) -> Day {
    if date.month as u64 + token.0 + date.year as u64 > 3 && date.fraction > 0.5 {
        Day::Sunday
    } else {
        Day::Monday
    }
}
#[no_mangle]
pub extern "C" fn rs_every(ms: u32, on_tick: Option<OnTick>, user: *mut c_void) -> bool {
    on_tick.map_or(false, |f| f(ms as i64, true, user))
}
