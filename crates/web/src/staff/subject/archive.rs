//! Several files as one to save: a ZIP archive whose files lie in it as they are (APPNOTE 6.3.10), made in memory.

use flate2::Crc;

/// Files in an archive: names with `/` between folders, and bytes. Names are UTF-8.
pub fn archive(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut index) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let begins = small(out.len());
        let head = head(name, bytes);
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(bytes);
        index.extend(b"PK\x01\x02");
        index.extend(20_u16.to_le_bytes());
        index.extend(&head);
        // No comment, one disk, no attributes.
        index.extend([0; 10]);
        index.extend(begins.to_le_bytes());
        index.extend(name.as_bytes());
    }
    let (begins, count) = (small(out.len()), u16::try_from(files.len()).unwrap_or(u16::MAX));
    out.extend(&index);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(small(index.len()).to_le_bytes());
    out.extend(begins.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// What stands of a file both before its bytes and in the index.
fn head(name: &str, bytes: &[u8]) -> Vec<u8> {
    /// Names are UTF-8.
    const UTF_8: u16 = 1 << 11;
    /// The first day that the format knows: no clock is told.
    const DAY: u16 = (1 << 5) | 1;
    let mut crc = Crc::new();
    crc.update(bytes);
    let size = small(bytes.len());
    let mut head = Vec::new();
    head.extend(20_u16.to_le_bytes());
    head.extend(UTF_8.to_le_bytes());
    // As it is, at no time of that day.
    head.extend([0; 4]);
    head.extend(DAY.to_le_bytes());
    for number in [crc.sum(), size, size] {
        head.extend(number.to_le_bytes());
    }
    head.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    head.extend([0; 2]);
    head
}

/// A copy is bounded far below what the numbers of the format hold.
fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_program_reads_it() {
        let files = [
            ("page.html".to_owned(), b"<p>Hello</p>".to_vec()),
            ("files/ä.txt".to_owned(), vec![7; 70_000]),
        ];
        let path = std::env::temp_dir().join(format!("redress-archive-{}.zip", std::process::id()));
        std::fs::write(&path, archive(&files)).unwrap();
        let script = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
                      print([(i.filename, i.file_size) for i in z.infolist()])";
        let read = std::process::Command::new("python3")
            .args(["-c", script])
            .arg(&path)
            .output();
        drop(std::fs::remove_file(&path));
        let Ok(read) = read else {
            println!("left out: there is no Python to read it with");
            return;
        };
        let said = String::from_utf8_lossy(&read.stdout).into_owned();
        assert_eq!(
            said.trim(),
            "[('page.html', 12), ('files/ä.txt', 70000)]",
            "{}",
            String::from_utf8_lossy(&read.stderr)
        );
    }
}
