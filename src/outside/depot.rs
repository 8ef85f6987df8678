//! Where the bytes of evidence lie: objects by name, each written once, through the `object_store` crate.
//!
//! A folder of this machine, or memory for tests. What `put` has acknowledged is on disk. Names are made by us and never hold anything
//! that a person chose.

use hyper::body::Bytes;
use object_store::{
    ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, local::LocalFileSystem, memory::InMemory, path::Path,
};
use std::{
    io::{Error, ErrorKind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

#[derive(Clone)]
pub struct Depot(Arc<Kind>);

enum Kind {
    /// Made when it is first needed.
    Folder(PathBuf),
    Memory {
        objects: InMemory,
        room: AtomicU64,
    },
}

#[derive(Debug, thiserror::Error)]
pub enum DepotError {
    /// The disk is full, or its quota is used up.
    #[error("the storage of evidence is full")]
    Full,
    #[error("the storage of evidence has no object {0}")]
    Missing(String),
    #[error("the storage of evidence failed: {0}")]
    Failed(#[source] object_store::Error),
    #[error("the folder of evidence {folder} can't be used: {why}")]
    Folder { folder: String, why: Error },
}

impl Depot {
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Depot(Arc::new(Kind::Folder(folder.into())))
    }

    /// For tests: so many bytes, then it is full.
    pub fn memory(room: u64) -> Self {
        Depot(Arc::new(Kind::Memory { objects: InMemory::new(), room: AtomicU64::new(room) }))
    }

    /// For tests: room for so many more bytes from now on.
    pub fn widen(&self, room: u64) {
        if let Kind::Memory { room: left, .. } = &*self.0 {
            left.store(room, Ordering::Relaxed);
        }
    }

    /// Keeps an object; the name must be new.
    pub async fn put(&self, name: &str, bytes: Bytes) -> Result<(), DepotError> {
        let options = PutOptions::from(PutMode::Create);
        let (path, payload) = (Path::from(name), PutPayload::from(bytes));
        let kept = match &*self.0 {
            Kind::Folder(folder) => opened(folder)?.put_opts(&path, payload, options).await,
            Kind::Memory { objects, room } => {
                let size = payload.content_length() as u64;
                let taken = room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(size));
                taken.map_err(|_| DepotError::Full)?;
                objects.put_opts(&path, payload, options).await
            }
        };
        kept.map(|_| ()).map_err(|why| failed(name, why))
    }

    /// The bytes of an object.
    pub async fn get(&self, name: &str) -> Result<Bytes, DepotError> {
        let path = Path::from(name);
        let read = match &*self.0 {
            Kind::Folder(folder) => opened(folder)?.get(&path).await,
            Kind::Memory { objects, .. } => objects.get(&path).await,
        };
        let read = read.map_err(|why| failed(name, why))?;
        read.bytes().await.map_err(|why| failed(name, why))
    }

    /// Removes an object; one that is not there is no fault.
    pub async fn remove(&self, name: &str) -> Result<(), DepotError> {
        let path = Path::from(name);
        let removed = match &*self.0 {
            Kind::Folder(folder) => opened(folder)?.delete(&path).await,
            Kind::Memory { objects, .. } => objects.delete(&path).await,
        };
        match removed.map_err(|why| failed(name, why)) {
            Err(DepotError::Missing(_)) => Ok(()),
            done => done,
        }
    }

    /// Writes, reads and removes an object, so that an operator hears of what is wrong before a learner does; where it lies.
    pub async fn check(&self) -> Result<String, DepotError> {
        let name = "check/written-by-the-doctor";
        self.remove(name).await?;
        self.put(name, Bytes::from_static(b"evidence can be kept here")).await?;
        let read = self.get(name).await?;
        self.remove(name).await?;
        match &*self.0 {
            _ if read != "evidence can be kept here" => Err(DepotError::Missing(name.to_owned())),
            Kind::Folder(folder) => Ok(folder.display().to_string()),
            Kind::Memory { .. } => Ok("memory".to_owned()),
        }
    }
}

/// The folder as a store. It and what is in it are for their owner alone, since they hold people's work.
fn opened(folder: &std::path::Path) -> Result<LocalFileSystem, DepotError> {
    let unusable = |why: Error| match is_full(&why) {
        true => DepotError::Full,
        false => DepotError::Folder { folder: folder.display().to_string(), why },
    };
    if !folder.is_dir() {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(unusable)?;
    }
    let store = LocalFileSystem::new_with_prefix(folder).map_err(|why| unusable(Error::other(why)))?;
    Ok(store.with_automatic_cleanup(true).with_fsync(true))
}

fn failed(name: &str, why: object_store::Error) -> DepotError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&why);
    while let Some(error) = cause {
        if error.downcast_ref::<Error>().is_some_and(is_full) {
            return DepotError::Full;
        }
        cause = error.source();
    }
    match why {
        object_store::Error::NotFound { .. } => DepotError::Missing(name.to_owned()),
        other => DepotError::Failed(other),
    }
}

/// No room on the disk, in a quota, or below the largest size that a file may have.
fn is_full(why: &Error) -> bool {
    matches!(why.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_keeps_what_is_put_into_it_once_and_is_its_owners_alone() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("evidence");
        let depot = Depot::folder(&folder);
        depot.put("a/1", Bytes::from_static(b"one")).await.unwrap();
        assert_eq!(depot.get("a/1").await.unwrap(), "one");
        assert!(depot.put("a/1", Bytes::from_static(b"two")).await.is_err());
        assert_eq!(depot.get("a/1").await.unwrap(), "one");
        depot.remove("a/1").await.unwrap();
        depot.remove("a/1").await.unwrap();
        assert!(matches!(depot.get("a/1").await, Err(DepotError::Missing(_))));
        assert_eq!(depot.check().await.unwrap(), folder.display().to_string());
        assert!(std::fs::read_dir(&folder).unwrap().next().is_none(), "nothing is left behind");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&folder).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o700);
        }
    }

    #[tokio::test]
    async fn when_there_is_no_more_room_it_says_so_and_keeps_what_it_has() {
        let depot = Depot::memory(5);
        depot.put("a", Bytes::from_static(b"123")).await.unwrap();
        assert!(matches!(depot.put("b", Bytes::from_static(b"456")).await, Err(DepotError::Full)));
        assert_eq!(depot.get("a").await.unwrap(), "123");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_machine_says_of_a_full_disk_is_known_wherever_it_stands() {
        let why = std::io::Write::write_all(&mut std::fs::File::create("/dev/full").unwrap(), b"x").unwrap_err();
        let wrapped = object_store::Error::Generic { store: "folder", source: Box::new(why) };
        assert!(matches!(failed("a", wrapped), DepotError::Full));
        let other = object_store::Error::Generic { store: "folder", source: "something else".into() };
        assert!(matches!(failed("a", other), DepotError::Failed(_)));
    }

    #[tokio::test]
    async fn a_place_that_can_not_be_a_folder_is_named() {
        let depot = Depot::folder("/dev/null/evidence");
        let why = depot.check().await.unwrap_err().to_string();
        assert!(why.contains("/dev/null/evidence"), "{why}");
    }
}
