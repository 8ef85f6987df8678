//! Tables to take along, as CSV (RFC 4180).

use super::{
    caching::{self, Keep},
    error::Failure,
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// A table as a file that a spreadsheet opens, and takes for nothing but text.
pub fn csv_file<const N: usize>(rows: &[[String; N]], name: &str) -> Result<Response, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(|why| Failure::internal(&why))?;
    }
    let bytes = writer.into_inner().map_err(|why| Failure::internal(&why))?;
    let mut response = bytes.into_response();
    caching::set(&mut response, header::CONTENT_TYPE, "text/csv; charset=utf-8");
    caching::set(&mut response, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
    caching::set(&mut response, header::CACHE_CONTROL, &Keep::Never.directives());
    Ok(response)
}

/// What begins like a formula would be worked out by a spreadsheet, whoever wrote it.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, safe) in
            [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2", "'-2"), ("Ada = Obi", "Ada = Obi"), ("", "")]
        {
            assert_eq!(harmless(cell), safe);
        }
    }
}
