//! Conversions of the file's rows to models.

use anyhow::Result;

use super::json::{FromJson, Row};
use super::models::*;

/// Implements [`FromJson`]: the array, then for each field how and from where it is read.
macro_rules! load {
    ($($model:ident from $array:literal { $($field:ident: $read:ident $name:literal,)* })*) => { $(
        impl FromJson for $model {
            const ARRAY: &'static str = $array;

            fn from_row(row: &Row<'_>) -> Result<Self> {
                Ok($model { $($field: row.$read($name)?,)* })
            }
        }
    )* };
}

load! {
    Artist from "Artist" {
        id: number "ArtistId",
        name: text "Name",
    }
    Album from "Album" {
        id: number "AlbumId",
        title: text "Title",
        artist_id: number "ArtistId",
    }
    Genre from "Genre" {
        id: number "GenreId",
        name: text "Name",
    }
    MediaType from "MediaType" {
        id: number "MediaTypeId",
        name: text "Name",
    }
    Track from "Track" {
        id: number "TrackId",
        name: text "Name",
        album_id: number "AlbumId",
        media_type_id: number "MediaTypeId",
        genre_id: number "GenreId",
        composer: text_or_null "Composer",
        milliseconds: number "Milliseconds",
        bytes: number "Bytes",
        unit_price: decimal "UnitPrice",
    }
    Employee from "Employee" {
        id: number "EmployeeId",
        last_name: text "LastName",
        first_name: text "FirstName",
        title: text "Title",
        reports_to: number_or_null "ReportsTo",
        birth_date: time "BirthDate",
        hire_date: time "HireDate",
        address: text "Address",
        city: text "City",
        state: text_or_null "State",
        country: text "Country",
        postal_code: text_or_null "PostalCode",
        phone: text_or_null "Phone",
        fax: text_or_null "Fax",
        email: text "Email",
    }
    Customer from "Customer" {
        id: number "CustomerId",
        first_name: text "FirstName",
        last_name: text "LastName",
        company: text_or_null "Company",
        address: text "Address",
        city: text "City",
        state: text_or_null "State",
        country: text "Country",
        postal_code: text_or_null "PostalCode",
        phone: text_or_null "Phone",
        fax: text_or_null "Fax",
        email: text "Email",
        support_rep_id: number_or_null "SupportRepId",
    }
    Invoice from "Invoice" {
        id: number "InvoiceId",
        customer_id: number "CustomerId",
        invoice_date: time "InvoiceDate",
        billing_address: text_or_null "BillingAddress",
        billing_city: text_or_null "BillingCity",
        billing_state: text_or_null "BillingState",
        billing_country: text "BillingCountry",
        billing_postal_code: text_or_null "BillingPostalCode",
        total: decimal "Total",
    }
    InvoiceLine from "InvoiceLine" {
        id: number "InvoiceLineId",
        invoice_id: number "InvoiceId",
        track_id: number "TrackId",
        unit_price: decimal "UnitPrice",
        quantity: decimal "Quantity",
    }
    Playlist from "Playlist" {
        id: number "PlaylistId",
        name: text "Name",
    }
    PlaylistTrack from "PlaylistTrack" {
        playlist_id: number "PlaylistId",
        track_id: number "TrackId",
    }
}
