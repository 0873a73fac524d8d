//! The music store, with its own rows instead of a file.

#![allow(dead_code, reason = "a test reads no file, and compares no digests")]

use serde_json::{Value as Json, json};

#[path = "../../examples/chinook/answer.rs"]
mod answer;
#[path = "../../examples/chinook/json.rs"]
mod json;
#[path = "../../examples/chinook/load.rs"]
pub mod load;
#[path = "../../examples/chinook/models.rs"]
pub mod models;
#[path = "../../examples/chinook/questions/mod.rs"]
pub mod questions;
#[path = "../../examples/chinook/rows.rs"]
mod rows;

use json::Data;

/// Returns a store with data for each question.
pub fn store() -> Data {
    let named = |key: &str, names: &[&str]| -> Json {
        names.iter().zip(1..).map(|(name, id)| json!({ key: id, "Name": name })).collect()
    };
    // The albums have five, three and two tracks.
    let album_of = |track: usize| if track <= 5 { 1 } else { 2 + usize::from(track > 8) };
    let track = |track: usize| {
        let album = album_of(track);
        json!({
            "TrackId": track, "Name": format!("Track {track}"), "AlbumId": album, "MediaTypeId": 1,
            "GenreId": if album == 2 { 2 } else { 1 }, "Composer": "", "Milliseconds": 100_000 * track,
            "Bytes": 1_000 * track, "UnitPrice": 0.99,
        })
    };
    let employee = |id: usize, name: &str, reports_to: Option<usize>| {
        json!({
            "EmployeeId": id, "LastName": name, "FirstName": "Åse", "Title": "Sales", "ReportsTo": reports_to,
            "BirthDate": "1970-01-01T00:00:00", "HireDate": "2002-05-01T00:00:00", "Address": "1 Road",
            "City": "Oslo", "State": null, "Country": "Norway", "PostalCode": null, "Phone": null, "Fax": null,
            "Email": format!("{name}@example.org"),
        })
    };
    let customer = |id: usize, name: &str, country: &str, support: Option<usize>| {
        json!({
            "CustomerId": id, "FirstName": name, "LastName": "Doe", "Company": null, "Address": "2 Road",
            "City": "Town", "State": null, "Country": country, "PostalCode": null, "Phone": null, "Fax": null,
            "Email": format!("{name}@example.org"), "SupportRepId": support,
        })
    };
    // The customer, the year, and the tracks.
    let bought: [(usize, usize, &[usize]); 7] = [
        (1, 2009, &[6, 7]),
        (2, 2009, &[1, 2, 3, 4, 5]),
        (3, 2010, &[1]),
        (3, 2010, &[2]),
        (3, 2011, &[6]),
        (4, 2011, &[3]),
        (4, 2012, &[1, 2, 3, 4, 5, 6, 7, 9, 10, 1, 2, 3, 4, 5, 6, 7]),
    ];
    let country = |customer: usize| if customer <= 2 { "Chile" } else { "Norway" };
    let invoices = bought.iter().zip(1..).map(|((customer, year, tracks), id)| {
        json!({
            "InvoiceId": id, "CustomerId": customer, "InvoiceDate": format!("{year}-03-04T00:00:00"),
            "BillingAddress": null, "BillingCity": null, "BillingState": null, "BillingCountry": country(*customer),
            "BillingPostalCode": null, "Total": (tracks.len() * 99) as f64 / 100.0,
        })
    });
    let sold =
        bought.iter().zip(1..).flat_map(|((.., tracks), id)| tracks.iter().map(move |track| (id, track)));
    let lines = sold.zip(1..).map(|((invoice, track), id)| {
        json!({ "InvoiceLineId": id, "InvoiceId": invoice, "TrackId": track, "UnitPrice": 0.99, "Quantity": 1 })
    });
    Data::from(json!({
        "Genre": named("GenreId", &["Rock", "Jazz"]),
        "MediaType": named("MediaTypeId", &["File"]),
        "Artist": named("ArtistId", &["Ann", "Björk", "Cid"]),
        "Album": (1..=3).map(|id| json!({ "AlbumId": id, "Title": format!("Album {id}"), "ArtistId": id })).collect::<Json>(),
        "Track": (1..=10).map(track).collect::<Json>(),
        "Employee": [employee(1, "Berg", None), employee(2, "Dahl", Some(1)), employee(3, "Moe", Some(2))],
        "Customer": [
            customer(1, "Ana", "Chile", Some(3)),
            customer(2, "Luz", "Chile", Some(3)),
            customer(3, "Kai", "Norway", Some(2)),
            customer(4, "Liv", "Norway", None),
        ],
        "Invoice": invoices.collect::<Json>(),
        "InvoiceLine": lines.collect::<Json>(),
        "Playlist": named("PlaylistId", &["All", "None"]),
        "PlaylistTrack": (1..=10).map(|id| json!({ "PlaylistId": 1, "TrackId": id })).collect::<Json>(),
    }))
}
