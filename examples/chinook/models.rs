//! The eleven tables of the store. The keys come with the data, so none is `auto`.

#![allow(missing_docs, unreachable_pub, reason = "the models of a program, not of a library")]

use orm::prelude::*;

/// All models, for `create_tables` and `drop_tables`, which derive the order from the foreign keys.
pub(crate) type Store = (
    Artist,
    Album,
    Genre,
    MediaType,
    Track,
    Employee,
    Customer,
    Invoice,
    InvoiceLine,
    Playlist,
    PlaylistTrack,
);

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_artists", has_many(albums: Album))]
pub struct Artist {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 120)]
    pub name: String,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_albums", has_many(tracks: Track))]
pub struct Album {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 160)]
    pub title: String,
    #[orm(belongs_to = Artist)]
    pub artist_id: u32,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_genres")]
pub struct Genre {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 120)]
    pub name: String,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_media_types")]
pub struct MediaType {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 120)]
    pub name: String,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_tracks", has_many(lines: InvoiceLine))]
pub struct Track {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 200)]
    pub name: String,
    #[orm(belongs_to = Album)]
    pub album_id: u32,
    #[orm(belongs_to = MediaType)]
    pub media_type_id: u32,
    #[orm(belongs_to = Genre)]
    pub genre_id: u32,
    #[orm(length = 220)]
    pub composer: Option<String>,
    pub milliseconds: u32,
    pub bytes: u32,
    #[orm(precision = (10, 2))]
    pub unit_price: Decimal,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_employees", has_many(reports: Employee, customers: Customer))]
pub struct Employee {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 20)]
    pub last_name: String,
    #[orm(length = 20)]
    pub first_name: String,
    #[orm(length = 30)]
    pub title: String,
    #[orm(belongs_to = Employee, relation = manager)]
    pub reports_to: Option<u32>,
    pub birth_date: NaiveDateTime,
    pub hire_date: NaiveDateTime,
    #[orm(length = 70)]
    pub address: String,
    #[orm(length = 40)]
    pub city: String,
    #[orm(length = 40)]
    pub state: Option<String>,
    #[orm(length = 40)]
    pub country: String,
    #[orm(length = 10)]
    pub postal_code: Option<String>,
    #[orm(length = 24)]
    pub phone: Option<String>,
    #[orm(length = 24)]
    pub fax: Option<String>,
    #[orm(length = 60)]
    pub email: String,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_customers", has_many(invoices: Invoice))]
pub struct Customer {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 40)]
    pub first_name: String,
    #[orm(length = 20)]
    pub last_name: String,
    #[orm(length = 80)]
    pub company: Option<String>,
    #[orm(length = 70)]
    pub address: String,
    #[orm(length = 40)]
    pub city: String,
    #[orm(length = 40)]
    pub state: Option<String>,
    #[orm(length = 40)]
    pub country: String,
    #[orm(length = 10)]
    pub postal_code: Option<String>,
    #[orm(length = 24)]
    pub phone: Option<String>,
    #[orm(length = 24)]
    pub fax: Option<String>,
    #[orm(length = 60)]
    pub email: String,
    #[orm(belongs_to = Employee)]
    pub support_rep_id: Option<u32>,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_invoices", has_many(lines: InvoiceLine))]
pub struct Invoice {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Customer)]
    pub customer_id: u32,
    pub invoice_date: NaiveDateTime,
    #[orm(length = 70)]
    pub billing_address: Option<String>,
    #[orm(length = 40)]
    pub billing_city: Option<String>,
    #[orm(length = 40)]
    pub billing_state: Option<String>,
    #[orm(length = 40)]
    pub billing_country: String,
    #[orm(length = 10)]
    pub billing_postal_code: Option<String>,
    #[orm(precision = (10, 2))]
    pub total: Decimal,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_invoice_lines")]
pub struct InvoiceLine {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(belongs_to = Invoice)]
    pub invoice_id: u32,
    #[orm(belongs_to = Track)]
    pub track_id: u32,
    #[orm(precision = (10, 2))]
    pub unit_price: Decimal,
    /// An integer, but of the type of the price: operators take two operands of the same type.
    #[orm(precision = (10, 0))]
    pub quantity: Decimal,
}

#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_playlists", many_to_many(tracks: Track, through = PlaylistTrack))]
pub struct Playlist {
    #[orm(primary_key)]
    pub id: u32,
    #[orm(length = 120)]
    pub name: String,
}

/// The tracks of a playlist.
#[derive(Model, Debug, Clone)]
#[orm(table = "chinook_playlist_tracks", primary_key(playlist_id, track_id))]
pub struct PlaylistTrack {
    #[orm(belongs_to = Playlist)]
    pub playlist_id: u32,
    #[orm(belongs_to = Track)]
    pub track_id: u32,
}
